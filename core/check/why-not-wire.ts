/** @file Whether a wire can be laid, asked while it is dragged: a walk along the wires and a look at two nodes, no inference. */
import { EditError } from '../document/edits/edit-error.ts';
import { whyNotConnect } from '../document/edits/wires.ts';
import { findClass } from '../document/find.ts';
import type { ClassId, ModelDocument, PortRef } from '../document/schema.ts';
import type { Scope } from './instance.ts';
import { nodePorts } from './ports.ts';

/** Why a wire between two ports cannot be laid, in words for the user; undefined if it can. Shapes are not looked at. Never throws. */
export function whyNotWire(document: ModelDocument, classId: ClassId, from: PortRef, to: PortRef, scope?: Scope): EditError | undefined {
  const modelClass = findClass(document, classId);
  if (!modelClass) return new EditError('a class of the document', `"${classId}"`, 'Open a class that exists.');
  try {
    const reason = whyNotConnect(modelClass, from, to);
    return reason ?? missingPort(document, classId, from, 'outputs', scope) ?? missingPort(document, classId, to, 'inputs', scope);
  } catch (error) {
    if (error instanceof EditError) return error;
    throw error;
  }
}

function missingPort(
  document: ModelDocument,
  classId: ClassId,
  ref: PortRef,
  side: 'inputs' | 'outputs',
  scope: Scope | undefined,
): EditError | undefined {
  const ports = nodePorts(document, classId, ref.node, scope);
  if (!ports || Object.hasOwn(ports[side], ref.port)) return undefined;
  const names = Object.keys(ports[side]);
  return new EditError(names.length === 0 ? `no ${side}` : `a port among ${names.join(', ')}`, `"${ref.port}"`, 'Choose another port.');
}
