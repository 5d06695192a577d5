/** @file A heat map of a tensor: signed values on a diverging scale around zero, others on viridis. NaN is magenta. */
import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Summary, TensorData, ValueKey } from '../../core/run/index.ts';
import { useTensor } from '../hooks/runs.ts';
import { cssColor, DIVERGING, sampleScale, VIRIDIS } from '../ui/color-scales.ts';
import { formatNumber } from '../ui/format.ts';
import { cutPlane, otherAxes, type Plane } from './planes.ts';

const NAN_COLOR = [255, 0, 255] as const;
const LEVELS = 256;

interface Range {
  readonly low: number;
  readonly high: number;
  readonly isSigned: boolean;
}

/** One range for the whole tensor, so that planes can be compared. */
function rangeOf(summary: Summary): Range {
  const [low, high] = [summary.min ?? 0, summary.max ?? 0];
  const isSigned = low < 0 && high > 0;
  const size = Math.max(Math.abs(low), Math.abs(high)) || 1;
  return isSigned ? { low: -size, high: size, isSigned } : { low, high: high > low ? high : low + 1, isSigned };
}

function paint(canvas: HTMLCanvasElement, { rows, columns, values }: Plane, { low, high, isSigned }: Range): void {
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d');
  if (!context || rows * columns === 0) return;
  const colors = Array.from({ length: LEVELS }, (_, level) => sampleScale(isSigned ? DIVERGING : VIRIDIS, level / (LEVELS - 1)));
  const image = context.createImageData(columns, rows);
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    const level = Math.round(Math.min(1, Math.max(0, (value - low) / (high - low))) * (LEVELS - 1));
    image.data.set(Number.isNaN(value) ? NAN_COLOR : colors[level]!, index * 4);
    image.data[index * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

function ColorBar({ range }: { readonly range: Range }) {
  const stops = [0, 0.25, 0.5, 0.75, 1].map((at) => cssColor(sampleScale(range.isSigned ? DIVERGING : VIRIDIS, at))).join(', ');
  return (
    <span className="color-bar">
      {formatNumber(range.low)}
      <span style={{ background: `linear-gradient(to right, ${stops})` }} />
      {formatNumber(range.high)}
    </span>
  );
}

interface HeatMapProps {
  readonly valueKey: ValueKey;
  readonly summary: Summary;
  readonly label: string;
}

export function HeatMap({ valueKey, summary, label }: HeatMapProps) {
  const read = useTensor(valueKey);
  if (read.status === 'failed') return <p className="plot-empty">{read.message}</p>;
  if (read.status !== 'ready') return <p className="plot-empty">Reading values …</p>;
  return <Drawn tensor={read.tensor} summary={summary} label={label} />;
}

function Drawn({ tensor, summary, label }: { readonly tensor: TensorData; readonly summary: Summary; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [indices, setIndices] = useState<Readonly<Record<number, number>>>({});
  const [hovered, setHovered] = useState<readonly [row: number, column: number] | null>(null);
  const plane = useMemo(() => cutPlane(tensor, indices), [tensor, indices]);
  const range = useMemo(() => rangeOf(summary), [summary]);

  useEffect(() => {
    if (canvas.current) paint(canvas.current, plane, range);
  }, [plane, range]);

  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const row = Math.floor(((event.clientY - box.top) / box.height) * plane.rows);
    const column = Math.floor(((event.clientX - box.left) / box.width) * plane.columns);
    setHovered(row >= 0 && row < plane.rows && column >= 0 && column < plane.columns ? [row, column] : null);
  };

  const place = (row: number, column: number): string =>
    tensor.shape
      .map((_length, axis) => (axis === plane.rowAxis ? row : axis === plane.columnAxis ? column : (indices[axis] ?? 0)))
      .join(', ');

  return (
    <figure className="heat-map">
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${label}: heat map, ${plane.rows} by ${plane.columns}`}
        style={{ aspectRatio: `${Math.max(1, plane.columns)} / ${Math.max(1, plane.rows)}` }}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setHovered(null)}
      />
      <figcaption>
        {hovered ? (
          `[${place(...hovered)}] = ${formatNumber(plane.values[hovered[0] * plane.columns + hovered[1]])}`
        ) : (
          <ColorBar range={range} />
        )}
      </figcaption>
      {otherAxes(tensor.shape).map(({ axis, length }) => (
        <label key={axis} className="axis-index">
          axis {axis}
          <input
            type="range"
            min={0}
            max={length - 1}
            value={indices[axis] ?? 0}
            aria-label={`Index of axis ${axis}`}
            onChange={(event) => setIndices({ ...indices, [axis]: Number(event.target.value) })}
          />
          <output>
            {indices[axis] ?? 0} of {length}
          </output>
        </label>
      ))}
    </figure>
  );
}
