import { addFrame, annotationsOf, type Point, type Size } from '../../core/document/index.ts';
import { NOTHING_SELECTED } from '../state/session/store.ts';
import type { Command } from './command.ts';
import { editWithIds } from '../state/edit-or-tell.ts';
import { selectedItems } from './shared/selected-nodes.ts';

/** Around what is framed; above it there is room for the title and the problem of a node. */
const MARGIN = { side: 24, top: 56, bottom: 40 };

/** A titled frame around the selection, its title ready to be typed. */
export const frameSelectionCommand: Command = {
  id: 'frame-selection',
  title: 'Frame the Selection',
  group: 'edit',
  section: 5,
  order: 50,
  keys: ['Mod+J'],
  when: (context) => selectedItems(context) !== undefined,
  needs: 'Select nodes or notes first.',
  run(context) {
    const selected = selectedItems(context);
    if (!selected) return;
    const { openClass, open, nodes, annotations } = selected;
    const notes = annotationsOf(openClass).filter(({ id }) => annotations.includes(id));
    const around = context.canvas.boundsOf(nodes);
    const { x, y, width, height } = boundsOf(around ? [around, ...notes] : notes);
    if (width <= 0) return;
    const added = editWithIds(
      context,
      'Frame the selection',
      (document) =>
        addFrame(document, openClass.id, {
          at: { x: x - MARGIN.side, y: y - MARGIN.top },
          size: { width: width + 2 * MARGIN.side, height: height + MARGIN.top + MARGIN.bottom },
        }),
      ({ annotation }) => ({ open, selection: { ...NOTHING_SELECTED, annotations: [annotation] } }),
    );
    if (added) context.session.set({ typingIn: added.annotation });
  },
};

function boundsOf(items: readonly (Point & Size)[]): Point & Size {
  const [x, y] = [Math.min(...items.map((each) => each.x)), Math.min(...items.map((each) => each.y))];
  const [right, bottom] = [Math.max(...items.map((each) => each.x + each.width)), Math.max(...items.map((each) => each.y + each.height))];
  return { x, y, width: right - x, height: bottom - y };
}
