/** @file Adding a layer, an op, a class, an input or an output to the open class, by drop, click or key: one undoable step. */
import { findDescriptor } from '../../core/index.ts';
import { graphOf } from '../../core/graph/index.ts';
import { wireIn, type Instance, type MaybeSpec } from '../../core/check/index.ts';
import {
  addToClass,
  classIdOf,
  EditError,
  findClass,
  type Addition,
  type ModelClass,
  type NodeId,
  type Point,
  type WireId,
} from '../../core/document/index.ts';
import type { Services } from '../state/services.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import { addOne, targetNow, type AddingServices } from './quick-add/add-line.ts';
import { specBehind } from './quick-add/spec-behind.ts';
import { startWith } from './quick-add/start-with.ts';

/** What a drag from the palette carries: a type of the registry, `class:<id>`, or what a graph has besides: input, output, constant. */
export const TYPE_MIME = 'application/x-espalier-type';
/** Carried besides by what may be put into a wire: what a drag carries can be read only when it is dropped, its kinds before. */
export const INSERT_MIME = 'application/x-espalier-insert';

/** A new node of a type, with what it starts with. `behind`: what it would be fed. */
export function additionOf(type: string, behind?: MaybeSpec): Addition {
  if (type === 'input' || type === 'output') return { kind: type };
  if (type === 'constant') return { kind: 'constant', value: 1 };
  const descriptor = findDescriptor(type);
  const args = startWith(descriptor?.params ?? {}, behind);
  const isLayer = classIdOf(type) !== undefined || descriptor?.kind === 'layer';
  return isLayer ? { kind: 'layer', type, args } : { kind: 'op', op: type, args };
}

/** Whether a node of this type may be put into a wire: it has something on both sides. Its ports are looked at when it is there. */
export function isInsertable(type: string): boolean {
  return type !== 'input' && type !== 'output' && type !== 'constant';
}

/** Adds a node of this type at a point, into a wire if one is named, and selects it. @throws EditError where the class cannot take it */
export function addType({ document: store, session, check }: Omit<AddingServices, 'canvas'>, type: string, at: Point, into?: WireId): void {
  const { document } = store.getState();
  const open = session.getState().open;
  const modelClass = findOpenClass(document, open);
  if (!modelClass) return;
  const known = check.getState().check.instanceAt(modelClass.id, open.at(-1)?.instance);
  const { selection: chosen } = session.getState();
  // Dropped on empty canvas it is wired by hand, most likely to what is selected, or to what comes in.
  const behind = into === undefined ? targetNow(chosen, modelClass, {}) : { wire: into };
  const spec = specBehind(behind, modelClass, known) ?? onlyInput(modelClass, known);
  const added = addToClass(document, modelClass.id, additionOf(type, spec), at);
  const usedClass = classIdOf(type);
  const name = usedClass === undefined ? type : (findClass(document, usedClass)?.name ?? type);
  const selection = { ...NOTHING_SELECTED, nodes: added.node === undefined ? [] : [added.node] };
  const wired =
    into === undefined || added.node === undefined
      ? added
      : wireIn(added.document, modelClass.id, added.node, { wire: into, isPlaced: true }, known);
  store.edit(into === undefined ? `Add ${name}` : `Insert ${name} into wire`, () => wired.document, { place: { open, selection } });
}

/** What comes into a class by its first input. */
function onlyInput(modelClass: ModelClass, known: Instance | undefined): MaybeSpec {
  const [input] = graphOf(modelClass).inputs;
  return input && known?.nodes.get(input.id)?.outputs['out'];
}

/** Adds a type: wired to what is selected, else in the middle of what is visible, beside what lies there already. Gives the node to look at. */
export function addTypeWired(context: AddingServices & Pick<Services, 'dialogs'>, type: string): NodeId | undefined {
  return addWired(context, (behind) => additionOf(type, behind));
}

/** The same of whatever can be added. */
export function addWired(
  context: AddingServices & Pick<Services, 'dialogs'>,
  additionFor: (behind: MaybeSpec) => Addition,
): NodeId | undefined {
  context.session.set({ lens: 'flow' });
  try {
    return addOne(context, additionFor).end;
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    context.dialogs.tell(error.message, 'error');
    return undefined;
  }
}
