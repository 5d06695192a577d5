import type { Annotation, Point } from '../../../../core/document/index.ts';
import { leaderFrom } from '../annotations/leaders.ts';
import { frameColor, PAPER } from './paper.ts';
import { element, shorten, words, wrap } from './svg.ts';

const SIZE = 13;
const INSET = 12;

/** A note with its text and a line to the place of its wire, or a frame with its title. */
export function drawAnnotation(annotation: Annotation, wire?: Point): string {
  const { x, y, width, height } = annotation;
  const text = { 'font-size': SIZE, fill: PAPER.ink };
  if (annotation.kind === 'frame') {
    const color = frameColor(annotation.color);
    return element('g', {}, [
      element('rect', { x, y, width, height, rx: 6, fill: color, 'fill-opacity': 0.07, stroke: color }),
      words(shorten(annotation.title, SIZE, width - 2 * INSET), { ...text, x: x + INSET, y: y + 21, 'font-weight': 600 }),
    ]);
  }
  const lines = wrap(annotation.text, SIZE, width - 2 * INSET, height - INSET);
  const to = wire && { x: wire.x - x, y: wire.y - y };
  const from = to && leaderFrom(annotation, to);
  const ends = to && from ? { x1: x + from.x, y1: y + from.y, x2: x + to.x, y2: y + to.y } : undefined;
  return element('g', {}, [
    ...(ends ? [element('line', { ...ends, stroke: PAPER.muted, 'stroke-dasharray': '4 3' })] : []),
    element('rect', { x, y, width, height, rx: 6, fill: PAPER.note, stroke: PAPER.line }),
    ...lines.map((line, i) => words(line, { ...text, x: x + INSET, y: y + 20 + i * SIZE * 1.4 })),
  ]);
}
