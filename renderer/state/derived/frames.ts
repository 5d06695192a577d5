/** @file What is expanded in place on the canvas, and how to get there: asked by the canvas and by commands. */
import { classIdOf, findClass, type ClassId, type ModelClass, type ModelDocument, type NodeId } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import { baseOpen, cutKey, depthOf, splitKey } from '../session/expansion.ts';
import { viewportKey, type OpenStep, type SessionState } from '../session/store.ts';
import { findOpenClass, validOpen } from './open-class.ts';

/** A call of a class whose inside can be drawn in place. */
export interface Expandable {
  readonly key: string;
  readonly node: NodeId;
  readonly class: ClassId;
  /** The way to the instance that is shown. */
  readonly open: readonly OpenStep[];
  /** The item of a list; null for a single Module. */
  readonly item: number | null;
}

type Expanded = Readonly<Record<string, number>>;
const NONE: Expanded = {};

/** What is expanded in the present view. */
export function expandedIn(state: Pick<SessionState, 'lens' | 'open' | 'inside' | 'expanded'>): Expanded {
  return state.expanded[viewportKey(state)] ?? NONE;
}

/** The class behind a node of the graph that `open` leads to; undefined where it calls none. */
export function expandableAt(
  document: ModelDocument,
  modelClass: ModelClass,
  open: readonly OpenStep[],
  key: string,
  item = 0,
): Expandable | undefined {
  const { id } = splitKey(key);
  const node = Object.hasOwn(modelClass.nodes, id) ? modelClass.nodes[id] : undefined;
  const member = node?.kind === 'call' ? graphOf(modelClass).behind(node.member) : undefined;
  const used = member && classIdOf(member.type);
  if (!member || used === undefined || !findClass(document, used)) return undefined;
  const isList = member.repeat !== undefined;
  const last = isList && typeof member.repeat === 'number' ? member.repeat - 1 : item;
  // A node that uses one item of a list has that one inside.
  const fixed = node?.kind === 'call' ? node.item : undefined;
  const shown = fixed ?? Math.max(0, Math.min(item, last));
  const instance = [...(open.at(-1)?.instance ?? []), member.name, ...(isList ? [shown] : [])];
  return { key, node: id, class: used, open: [...open, { class: used, instance }], item: isList && fixed === undefined ? shown : null };
}

/** Those expanded directly within one place, in the order of their keys. */
export function framesWithin(
  document: ModelDocument,
  modelClass: ModelClass,
  open: readonly OpenStep[],
  expanded: Expanded,
  inside: string,
): readonly Expandable[] {
  return Object.keys(expanded).flatMap((key) => {
    const found = splitKey(key).inside === inside ? expandableAt(document, modelClass, open, key, expanded[key]) : undefined;
    return found ?? [];
  });
}

/**
 * Where a way leads on the canvas as it is: the key of the expanded class that it ends in, if each of its steps beyond what the canvas shows is
 * expanded as that instance; empty where it is to be entered.
 */
export function insideAt(
  document: ModelDocument,
  state: Pick<SessionState, 'lens' | 'open' | 'inside' | 'expanded'>,
  open: readonly OpenStep[],
): string {
  const base = baseOpen(state);
  const starts = base.length <= open.length && base.every((step, i) => isSamePath(step, open[i]!));
  if (!starts) return '';
  const expanded = expandedIn(state);
  let inside = '';
  for (let depth = base.length; depth < open.length; depth++) {
    const around = findOpenClass(document, open.slice(0, depth));
    const frame =
      around &&
      framesWithin(document, around, open.slice(0, depth), expanded, inside).find((each) => isSamePath(each.open.at(-1)!, open[depth]!));
    if (!frame) return '';
    inside = frame.key;
  }
  return inside;
}

/** The way to what is expanded at a key; undefined where nothing is. */
export function openAt(
  document: ModelDocument,
  state: Pick<SessionState, 'lens' | 'open' | 'inside' | 'expanded'>,
  key: string,
): readonly OpenStep[] | undefined {
  let open: readonly OpenStep[] | undefined = baseOpen(state);
  const expanded = expandedIn(state);
  for (let depth = 1; open && depth <= depthOf(key); depth++) {
    const around = findOpenClass(document, open);
    const part = cutKey(key, depth);
    open = around && expandableAt(document, around, open, part, expanded[part])?.open;
  }
  return open;
}

function isSamePath(a: OpenStep, b: OpenStep): boolean {
  return a.class === b.class && a.instance.length === b.instance.length && a.instance.every((part, i) => part === b.instance[i]);
}

/** The class that the canvas shows. */
export function findBaseClass(document: ModelDocument, state: Pick<SessionState, 'open' | 'inside'>): ModelClass | undefined {
  return findOpenClass(document, validOpen(document, baseOpen(state)));
}

/** Expands or folds calls of classes; what was expanded within one that is folded is expanded again with it. `item`: which is shown, null to fold. */
export function withExpanded(
  state: Pick<SessionState, 'lens' | 'open' | 'inside' | 'expanded'>,
  keys: readonly string[],
  item: number | null,
): Pick<SessionState, 'expanded'> {
  const now: Record<string, number> = { ...expandedIn(state) };
  for (const key of keys) {
    if (item === null) delete now[key];
    else now[key] = item;
  }
  return { expanded: { ...state.expanded, [viewportKey(state)]: now } };
}
