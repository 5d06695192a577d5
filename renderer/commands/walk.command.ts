/** @file Through the graph by the keyboard: what it comes to is selected, so that lists, results and the inspector follow. */
import type { Wire } from '../../core/document/index.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import { focusedItem } from '../state/derived/focused-item.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import type { Item } from '../state/walking/reading-order.ts';
import { walk, type Way } from '../state/walking/walk.ts';
import type { Command, CommandContext } from './command.ts';

/** Arrows as the graph is read: along the flow, and across it. */
const ALONG = { right: { back: 'ArrowLeft', on: 'ArrowRight' }, down: { back: 'ArrowUp', on: 'ArrowDown' } } as const;

function canWalk({ document, session }: Pick<CommandContext, 'document' | 'session'>): boolean {
  const state = session.getState();
  return state.lens === 'flow' && focusedItem(document.getState().document, state) !== undefined;
}

/** `isMore`: what was selected stays so. False where there is nothing further. */
export function walkTo(context: Pick<CommandContext, 'document' | 'session' | 'canvas'>, way: Way, isMore = false): boolean {
  const { session, canvas } = context;
  const state = session.getState();
  const { document } = context.document.getState();
  const from = focusedItem(document, state);
  const modelClass = findOpenClass(document, state.open);
  if (!from || !modelClass) return false;
  const { nodes, wires, annotations } = state.selection;
  // With nothing selected, the first step comes to where one is.
  const isBegin = nodes.length + annotations.length === 0 && wires.length === 0 && !canvas.hasKeyboard();
  const wire = wires.length === 1 && nodes.length + annotations.length === 0 ? modelClass.wires[wires[0]!] : undefined;
  const axis = state.direction === 'right' ? 'y' : 'x';
  const to =
    wire && (way === 'back' || way === 'on')
      ? endOf(wire, way)
      : isBegin && !isFar(way)
        ? from
        : walk({ modelClass, from, cameFrom: from.cameFrom, axis }, way);
  if (!to) return false;
  const kept = isMore ? state.selection : NOTHING_SELECTED;
  const without = (ids: readonly string[]): readonly string[] => ids.filter((id) => id !== to.id);
  const selection =
    to.kind === 'node'
      ? { ...NOTHING_SELECTED, annotations: kept.annotations, nodes: [...without(kept.nodes), to.id] }
      : { ...NOTHING_SELECTED, nodes: kept.nodes, annotations: [...without(kept.annotations), to.id] };
  session.set({ focused: { ...to, class: modelClass.id, inside: state.inside, cameFrom: from.id }, selection });
  canvas.focusItem(to);
  return true;
}

function endOf({ from, to }: Wire, way: 'back' | 'on'): Item {
  return { kind: 'node', id: way === 'back' ? from.node : to.node };
}

function isFar(way: Way): boolean {
  return way === 'first' || way === 'last';
}

function walking(id: Way, title: string, order: number, keys: readonly string[]): Command {
  return {
    id: `walk-${id}`,
    title,
    group: 'view',
    section: 4,
    order,
    keys,
    keysOn: 'canvas',
    inMenus: false,
    when: canWalk,
    run(context) {
      walkTo(context, id);
    },
  };
}

/** An arrow means another way where graphs read downwards. */
function arrow(key: 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown', title: string, order: number, isMore: boolean): Command {
  const name = key.slice('Arrow'.length).toLowerCase();
  return {
    id: `${isMore ? 'select' : 'go'}-${name}`,
    title,
    group: 'view',
    section: 4,
    order,
    keys: [isMore ? `Shift+${key}` : key],
    keysOn: 'canvas',
    inMenus: false,
    when: canWalk,
    run(context) {
      const { direction } = context.session.getState();
      const isLater = key === 'ArrowRight' || key === 'ArrowDown';
      const { back, on } = ALONG[direction];
      const way = key === back ? 'back' : key === on ? 'on' : isLater ? 'below' : 'above';
      walkTo(context, way, isMore);
    },
  };
}

export const walkCommands: readonly Command[] = [
  arrow('ArrowLeft', 'Go Left', 10, false),
  arrow('ArrowRight', 'Go Right', 20, false),
  arrow('ArrowUp', 'Go Up', 30, false),
  arrow('ArrowDown', 'Go Down', 40, false),
  arrow('ArrowLeft', 'Select What Is Left, Too', 50, true),
  arrow('ArrowRight', 'Select What Is Right, Too', 60, true),
  arrow('ArrowUp', 'Select What Is Above, Too', 70, true),
  arrow('ArrowDown', 'Select What Is Below, Too', 80, true),
  walking('previous', 'Go to the One Before in Order of Reading', 90, ['PageUp']),
  walking('next', 'Go to the Next in Order of Reading', 100, ['PageDown']),
  walking('first', 'Go to the First Input', 110, ['Mod+Home']),
  walking('last', 'Go to the Last Output', 120, ['End', 'Mod+End']),
  walking('previous-alike', 'Go to the One Before of the Same Type', 130, ['[']),
  walking('next-alike', 'Go to the Next of the Same Type', 140, [']']),
];
