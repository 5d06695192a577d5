/** @file Whether a wire can be laid, asked while it is dragged. */
import { EditError } from '../document/edits/edit-error.ts';
import { connectInClass, whyNotConnect } from '../document/edits/wires.ts';
import { findClass } from '../document/find.ts';
import { inputNodes } from '../document/order.ts';
import type { Problem } from '../document/problem.ts';
import type { ClassId, ModelDocument, PortRef } from '../document/schema.ts';
import { checkDocument } from './check-document.ts';
import { inferInstance } from './infer.ts';
import { nodePorts } from './ports.ts';

export type Connection =
  | { readonly kind: 'fits' }
  /** It can be laid, but this will be shown on the node. */
  | { readonly kind: 'misfit'; readonly problem: Problem }
  /** `connect` would refuse it. */
  | { readonly kind: 'impossible'; readonly expected: string; readonly got: string; readonly fix: string };

/** Tries a wire without changing anything. Never throws. */
export function canConnect(document: ModelDocument, classId: ClassId, from: PortRef, to: PortRef): Connection {
  const modelClass = findClass(document, classId);
  try {
    if (!modelClass) throw new EditError('a class of the document', `"${classId}"`, 'Open a class that exists.');
    const reason =
      whyNotConnect(modelClass, from, to) ??
      missingPort(document, classId, from, 'outputs') ??
      missingPort(document, classId, to, 'inputs');
    if (reason) throw reason;
    const [use] = checkDocument(document).instancesOf(classId);
    const wired = connectInClass(modelClass, from, to);
    const before = new Set((use?.instance.problems ?? []).map(keyOf));
    const changed = { ...document, classes: { ...document.classes, [classId]: wired } };
    // As the first caller uses the class, so that what is shown while dragging is what will be shown after.
    const inputs =
      use && Object.fromEntries(inputNodes(modelClass).map((node) => [node.name, use.instance.nodes.get(node.id)?.outputs['out']]));
    const after = inferInstance(changed, wired, { scope: use?.instance.scope ?? {}, inputs: inputs ?? null });
    const problem = after.problems.find(
      (each) =>
        each.place.class === classId && each.place.node === to.node && each.code !== 'input/unconnected' && !before.has(keyOf(each)),
    );
    return problem ? { kind: 'misfit', problem } : { kind: 'fits' };
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    return { kind: 'impossible', expected: error.expected, got: error.got, fix: error.fix };
  }
}

function missingPort(document: ModelDocument, classId: ClassId, ref: PortRef, side: 'inputs' | 'outputs'): EditError | undefined {
  const ports = nodePorts(document, classId, ref.node);
  if (!ports || Object.hasOwn(ports[side], ref.port)) return undefined;
  const names = Object.keys(ports[side]);
  return new EditError(names.length === 0 ? `no ${side}` : `a port among ${names.join(', ')}`, `"${ref.port}"`, 'Choose another port.');
}

function keyOf({ code, place, message }: Problem): string {
  return JSON.stringify([code, place, message]);
}
