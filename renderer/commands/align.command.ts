/** @file Selected nodes in line, and with the same room between them. The keys are those of drawing programs. */
import { moveNodes } from '../../core/document/index.ts';
import { editOrTell } from '../state/edit-or-tell.ts';
import { align, distribute, type Boxes, type Points } from '../state/layout/align.ts';
import type { Command } from './command.ts';
import { selectedNodes } from './shared/selected-nodes.ts';

function moving(id: string, title: string, order: number, keys: string, least: number, move: (boxes: Boxes) => Points): Command {
  return {
    id,
    title,
    group: 'edit',
    section: 3.5,
    submenu: 'Arrange',
    order,
    keys: [keys],
    when: (context) => selectedNodes(context, least) !== undefined,
    needs: `Select ${least} nodes or more first.`,
    run(context) {
      const selected = selectedNodes(context, least);
      if (!selected) return;
      const points = move(context.canvas.boxes(selected.nodes));
      editOrTell(context, title, (document) => moveNodes(document, selected.openClass.id, points));
    },
  };
}

export const alignCommands: readonly Command[] = [
  moving('align-left', 'Align Left', 40, 'Alt+A', 2, (boxes) => align(boxes, { axis: 'x', part: 0 })),
  moving('align-centre', 'Align Centres', 50, 'Alt+H', 2, (boxes) => align(boxes, { axis: 'x', part: 0.5 })),
  moving('align-right', 'Align Right', 60, 'Alt+Shift+D', 2, (boxes) => align(boxes, { axis: 'x', part: 1 })),
  moving('align-top', 'Align Top', 70, 'Alt+W', 2, (boxes) => align(boxes, { axis: 'y', part: 0 })),
  moving('align-middle', 'Align Middles', 80, 'Alt+V', 2, (boxes) => align(boxes, { axis: 'y', part: 0.5 })),
  moving('align-bottom', 'Align Bottom', 90, 'Alt+S', 2, (boxes) => align(boxes, { axis: 'y', part: 1 })),
  moving('distribute-horizontally', 'Distribute Horizontally', 100, 'Alt+Shift+H', 3, (boxes) => distribute(boxes, 'x')),
  moving('distribute-vertically', 'Distribute Vertically', 110, 'Alt+Shift+V', 3, (boxes) => distribute(boxes, 'y')),
];
