/** @file Nodes and notes moved by the keyboard, along the grid; presses that follow each other are one step. */
import { annotationsOf, moveAnnotations, moveNodes, type Point } from '../../core/document/index.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import { GRID } from '../state/layout/node-size.ts';
import { focusedItem } from '../state/derived/focused-item.ts';
import { formatItems } from './shared/format-items.ts';
import type { Command, CommandContext } from './command.ts';

/** How much further Shift goes. */
const FAR = 4;

/** What is selected; with nothing selected, what has the keyboard. */
function moved({ document, session }: CommandContext): { readonly nodes: readonly string[]; readonly annotations: readonly string[] } {
  const state = session.getState();
  const { nodes, annotations } = state.selection;
  if (nodes.length + annotations.length > 0) return { nodes, annotations };
  const focused = focusedItem(document.getState().document, state);
  return { nodes: focused?.kind === 'node' ? [focused.id] : [], annotations: focused?.kind === 'note' ? [focused.id] : [] };
}

function nudge(context: CommandContext, { x, y }: Point): void {
  const { document, session, canvas } = context;
  const openClass = findOpenClass(document.getState().document, session.getState().open);
  const { nodes, annotations } = moved(context);
  if (!openClass || nodes.length + annotations.length === 0) return;
  const by = (at: Point): Point => ({ x: at.x + x, y: at.y + y });
  const boxes = canvas.boxes(nodes);
  const toNodes = Object.fromEntries([...boxes].map(([id, box]) => [id, by(box)]));
  const notes = annotationsOf(openClass).filter(({ id }) => annotations.includes(id));
  const toNotes = Object.fromEntries(notes.map((note) => [note.id, by(note)]));
  document.edit(
    `Move ${formatItems(nodes.length, annotations.length)}`,
    (doc) => moveAnnotations(moveNodes(doc, openClass.id, toNodes), openClass.id, toNotes),
    { merge: `nudge:${[...nodes, ...annotations].join()}` },
  );
  const last = nodes.at(-1);
  if (last !== undefined) canvas.keepInSight(last);
}

const WAYS = [
  ['left', 'ArrowLeft', { x: -GRID, y: 0 }],
  ['right', 'ArrowRight', { x: GRID, y: 0 }],
  ['up', 'ArrowUp', { x: 0, y: -GRID }],
  ['down', 'ArrowDown', { x: 0, y: GRID }],
] as const;

function nudging(times: number, prefix: string, id: string, title: string, order: number): readonly Command[] {
  return WAYS.map(([name, key, { x, y }], i) => ({
    id: `${id}-${name}`,
    title: `${title} ${name[0]!.toUpperCase()}${name.slice(1)}`,
    group: 'edit',
    section: 2,
    order: order + i,
    keys: [`${prefix}${key}`],
    keysOn: 'canvas',
    inMenus: false,
    when: ({ session }) => session.getState().lens === 'flow',
    run: (context) => nudge(context, { x: x * times, y: y * times }),
  }));
}

export const nudgeCommands: readonly Command[] = [
  ...nudging(1, 'Alt+', 'move', 'Move', 120),
  ...nudging(FAR, 'Alt+Shift+', 'move-far', 'Move Far', 130),
];
