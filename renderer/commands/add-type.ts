/** @file Adding a layer, an op, a class, an input or an output to the open class, by drop, click or key: one undoable step. */
import { findDescriptor } from '../../core/index.ts';
import { startArgs } from '../../core/spec/index.ts';
import { addToClass, classIdOf, EditError, findClass, type Addition, type NodeId, type Point } from '../../core/document/index.ts';
import type { Services } from '../state/services.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import { addOne, type AddingServices } from './quick-add/add-line.ts';

/** What a drag from the palette carries: a type of the registry, `class:<id>`, or what a graph has besides: input, output, constant. */
export const TYPE_MIME = 'application/x-espalier-type';

/** A new node of a type, with what it starts with. */
export function additionOf(type: string): Addition {
  if (type === 'input' || type === 'output') return { kind: type };
  if (type === 'constant') return { kind: 'constant', value: 1 };
  const descriptor = findDescriptor(type);
  const args = startArgs(descriptor?.params ?? {});
  const isLayer = classIdOf(type) !== undefined || descriptor?.kind === 'layer';
  return isLayer ? { kind: 'layer', type, args } : { kind: 'op', op: type, args };
}

/** Adds a node of this type at a point, wired to nothing, and selects it. Throws an EditError where the class cannot take it. */
export function addType({ document: store, session }: Pick<Services, 'document' | 'session'>, type: string, at: Point): void {
  const { document } = store.getState();
  const open = session.getState().open;
  const modelClass = findOpenClass(document, open);
  if (!modelClass) return;
  const added = addToClass(document, modelClass.id, additionOf(type), at);
  const usedClass = classIdOf(type);
  const name = usedClass === undefined ? type : (findClass(document, usedClass)?.name ?? type);
  const selection = { ...NOTHING_SELECTED, nodes: added.node === undefined ? [] : [added.node] };
  store.edit(`Add ${name}`, () => added.document, { place: { open, selection } });
}

/** Adds a type: wired to what is selected, else in the middle of what is visible, beside what lies there already. Gives the node to look at. */
export function addTypeWired(context: AddingServices & Pick<Services, 'dialogs'>, type: string): NodeId | undefined {
  context.session.set({ lens: 'flow' });
  try {
    return addOne(context, additionOf(type)).end;
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    context.dialogs.tell(error.message, 'error');
    return undefined;
  }
}
