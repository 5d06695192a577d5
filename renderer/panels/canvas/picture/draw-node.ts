import type { FlowNode } from '../node-view.tsx';
import { NODE_HEADER_HEIGHT, NODE_WIDTH } from '../../../state/layout/node-size.ts';
import { familyColor, PAPER } from './paper.ts';
import { element, shorten, words } from './svg.ts';

const [TITLE, TYPE, PORT] = [13, 11, 10];
const ROOM = NODE_WIDTH - 28;

/** A box with title, type and ports; a class has a double edge. */
export function drawNode({
  position: { x, y },
  width = NODE_WIDTH,
  height = NODE_HEADER_HEIGHT,
  handles = [],
  data: { row },
}: FlowNode): string {
  const color = familyColor(row.family);
  const edge = row.trouble ? PAPER.danger : PAPER.line;
  const type = `${row.type}${row.repeat === null ? '' : ` ${row.repeat}`}${row.isBypassed ? ' · bypassed' : ''}`;
  const dashes = row.isBypassed ? { 'stroke-dasharray': '4 3' } : {};
  const ports = (handles ?? []).flatMap(({ id, type: side, x: left, y: top, width: across = 0, height: tall = 0 }) => {
    const [cx, cy] = [x + left + across / 2, y + top + tall / 2];
    const isInput = side === 'target';
    const isNamed = (isInput ? row.inputs : row.outputs).length > 1;
    return [
      element('circle', { cx, cy, r: 3.5, fill: PAPER.ground, stroke: PAPER.wire, 'stroke-width': 1.5 }),
      ...(isNamed
        ? [
            words(shorten(id ?? '', PORT, ROOM / 2), {
              x: cx + (isInput ? 10 : -10),
              y: cy + 3.5,
              'font-size': PORT,
              fill: PAPER.muted,
              'text-anchor': isInput ? 'start' : 'end',
            }),
          ]
        : []),
    ];
  });
  return element('g', {}, [
    element('rect', { x, y, width, height, rx: 6, fill: PAPER.ground, stroke: edge, 'stroke-width': 1.25, ...dashes }),
    ...(row.family === 'class'
      ? [element('rect', { x: x + 3, y: y + 3, width: width - 6, height: height - 6, rx: 4, fill: 'none', stroke: PAPER.line })]
      : []),
    element('rect', { x, y: y + 6, width: 4, height: height - 12, fill: color }),
    words(shorten(row.title, TITLE, ROOM), { x: x + 14, y: y + 20, 'font-size': TITLE, 'font-weight': 600, fill: PAPER.ink }),
    words(shorten(type, TYPE, ROOM), { x: x + 14, y: y + 36, 'font-size': TYPE, fill: PAPER.muted }),
    ...ports,
  ]);
}
