/** @file The cells of a heat map, one pixel each, and the number under the pointer. */
import { type PointerEvent, useEffect, useRef } from 'react';
import type { TensorData } from '../../core/run/index.ts';
import { formatNumber } from '../ui/format.ts';
import { colorsOf, type Range } from './heat-colors.ts';
import type { Axes } from './planes.ts';

interface HeatCellsProps {
  /** The part that is drawn: every axis but those of the plane is 1 long. */
  readonly tensor: TensorData;
  /** Where it begins in the whole. */
  readonly begin: readonly number[];
  readonly axes: Axes;
  readonly range: Range;
  readonly label: string;
  readonly onHover: (text: string | null) => void;
}

export function HeatCells({ tensor, begin, axes: { row, column }, range, label, onHover }: HeatCellsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const rows = row === null ? 1 : tensor.shape[row]!;
  const columns = column === null ? 1 : tensor.shape[column]!;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    element.width = columns;
    element.height = rows;
    context.putImageData(new ImageData(colorsOf(tensor.data, range), columns, rows), 0, 0);
  }, [tensor, range, rows, columns]);

  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const y = Math.floor(((event.clientY - box.top) / box.height) * rows);
    const x = Math.floor(((event.clientX - box.left) / box.width) * columns);
    if (x < 0 || y < 0 || x >= columns || y >= rows) return onHover(null);
    const place = begin.map((from, axis) => from + (axis === row ? y : axis === column ? x : 0));
    onHover(`[${place.join(', ')}] = ${formatNumber(tensor.data[y * columns + x])}`);
  };

  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={`${label}: heat map, ${rows} by ${columns}`}
      style={{ aspectRatio: `${columns} / ${rows}` }}
      onPointerMove={onPointerMove}
      onPointerLeave={() => onHover(null)}
    />
  );
}
