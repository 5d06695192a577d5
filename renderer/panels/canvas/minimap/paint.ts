/** @file Draws the map: ten thousand boxes in a few milliseconds, and only when one of them has changed. */
import { canvasColor } from '../../../ui/canvas-color.ts';
import { toMap, type MapBox, type MapScale } from './map.ts';

/** Fewer pixels could not be seen; what is marked stands out of the rest. */
const LEAST = 1.5;
const LEAST_MARKED = 4;

export function paintMap(canvas: HTMLCanvasElement, map: MapScale, boxes: readonly MapBox[]): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(map.width * ratio);
  canvas.height = Math.round(map.height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const style = getComputedStyle(canvas);
  const colors = new Map<string, string>();
  const colorOf = (name: string): string => {
    let color = colors.get(name);
    if (color === undefined) colors.set(name, (color = canvasColor(style, name)));
    return color;
  };
  const marked: MapBox[] = [];
  for (const box of boxes) {
    if (box.mark === 'problem' || box.mark === 'selected') marked.push(box);
    else draw(context, map, box, colorOf(box.color), LEAST);
  }
  // Problems last: that something is selected can be seen elsewhere, too.
  for (const mark of ['selected', 'problem'] as const)
    for (const box of marked) if (box.mark === mark) draw(context, map, box, colorOf(box.color), LEAST_MARKED);
}

function draw(context: CanvasRenderingContext2D, map: MapScale, box: MapBox, color: string, least: number): void {
  const { x, y } = toMap(map, box);
  const [width, height] = [Math.max(least, box.width * map.scale), Math.max(least, box.height * map.scale)];
  if (box.mark === 'outline') {
    context.strokeStyle = color;
    context.strokeRect(Math.round(x) + 0.5, Math.round(y) + 0.5, Math.max(1, width - 1), Math.max(1, height - 1));
    return;
  }
  context.fillStyle = color;
  // Sharp where there is room for it: a box of a fraction of a pixel would be a blur.
  context.fillRect(x, y, width, height);
}
