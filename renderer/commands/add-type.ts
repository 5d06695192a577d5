/** @file Adding a layer, an op, a class, an input or an output to the open class, by drop, click or key: one undoable step. */
import { findDescriptor } from '../../core/index.ts';
import {
  addConstant,
  addInput,
  addMember,
  addOp,
  addOutput,
  classIdOf,
  findClass,
  type ModelDocument,
  type NodeId,
  type Point,
} from '../../core/document/index.ts';
import type { Services } from '../state/services.ts';
import { startArgs } from '../state/derived/start-args.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';

/** What a drag from the palette carries: a type of the registry, `class:<id>`, or one of `GRAPH_TYPES`. */
export const TYPE_MIME = 'application/x-espalier-type';

/** What a graph has besides calls and ops. */
export const GRAPH_TYPES = ['input', 'output', 'constant'] as const;

function add(
  document: ModelDocument,
  classId: string,
  type: string,
  at: Point,
): { readonly document: ModelDocument; readonly node: NodeId } {
  if (type === 'input') return addInput(document, classId, { at });
  if (type === 'output') return addOutput(document, classId, { at });
  if (type === 'constant') return addConstant(document, classId, { value: 1, at });
  const descriptor = findDescriptor(type);
  const args = startArgs(descriptor?.params ?? {});
  if (classIdOf(type) !== undefined || descriptor?.kind === 'layer') return addMember(document, classId, { type, args, at });
  return addOp(document, classId, { op: type, args, at });
}

/** Adds a node of this type and selects it. Throws an EditError where the class cannot take it. */
export function addType({ document: store, session }: Pick<Services, 'document' | 'session'>, type: string, at: Point): void {
  const { document } = store.getState();
  const open = session.getState().open;
  const modelClass = findOpenClass(document, open);
  if (!modelClass) return;
  const added = add(document, modelClass.id, type, at);
  const usedClass = classIdOf(type);
  const name = usedClass === undefined ? type : (findClass(document, usedClass)?.name ?? type);
  store.edit(`Add ${name}`, () => added.document, { place: { open, selection: { ...NOTHING_SELECTED, nodes: [added.node] } } });
  session.select({ nodes: [added.node] });
}
