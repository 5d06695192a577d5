import type { Annotation } from '../../../../core/document/index.ts';
import { frameColor, PAPER } from './paper.ts';
import { element, shorten, words, wrap } from './svg.ts';

const SIZE = 13;
const INSET = 12;

/** A note with its text, or a frame with its title. */
export function drawAnnotation(annotation: Annotation): string {
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
  return element('g', {}, [
    element('rect', { x, y, width, height, rx: 6, fill: PAPER.note, stroke: PAPER.line }),
    ...lines.map((line, i) => words(line, { ...text, x: x + INSET, y: y + 20 + i * SIZE * 1.4 })),
  ]);
}
