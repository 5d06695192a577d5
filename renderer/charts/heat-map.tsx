/** @file A heat map of a part of a tensor: signed values on a diverging scale around zero, others on viridis; what is not finite in its own colours. */
import { useMemo, useState } from 'react';
import type { Statistics, ValueKey } from '../../core/run/index.ts';
import { useTensor } from '../hooks/runs.ts';
import { ColorBar } from './color-bar.tsx';
import { HeatCells } from './heat-cells.tsx';
import { rangeOf } from './heat-colors.ts';
import { axesOf, choicesOf, partOf, planeText, type Corner, type TensorKind } from './planes.ts';

interface HeatMapProps {
  readonly valueKey: ValueKey;
  readonly summary: Statistics;
  readonly kind: TensorKind;
  readonly label: string;
  /** Where it is looked at first. */
  readonly start?: Corner;
}

const ORIGIN: Corner = {};

export function HeatMap({ valueKey, summary, kind, label, start = ORIGIN }: HeatMapProps) {
  const { shape } = summary;
  const [corner, setCorner] = useState(start);
  const axes = useMemo(() => axesOf(kind, shape.length), [kind, shape.length]);
  const part = useMemo(() => partOf(shape, axes, corner), [shape, axes, corner]);
  const read = useTensor(valueKey, part);
  const range = useMemo(() => rangeOf(summary), [summary]);
  const [hovered, setHovered] = useState<string | null>(null);
  if (summary.count === 0) return <p className="plot-empty">No numbers to draw.</p>;
  if (read.status === 'failed') return <p className="plot-empty">{read.message}</p>;
  return (
    <figure className="heat-map">
      {read.status === 'ready' ? (
        <HeatCells tensor={read.tensor} begin={read.part.begin} axes={axes} range={range} label={label} onHover={setHovered} />
      ) : (
        <p className="plot-empty heat-wait">Reading values …</p>
      )}
      <figcaption>{hovered ?? <ColorBar range={range} summary={summary} />}</figcaption>
      <small>{planeText(axes, kind)}</small>
      {choicesOf(shape, axes, part).map(({ axis, name, last, text }) => (
        <label key={axis} className="axis-index">
          {name}
          <input
            type="range"
            min={0}
            max={last}
            value={part.begin[axis]}
            aria-label={`Place on ${name}`}
            onChange={(event) => setCorner({ ...corner, [axis]: Number(event.target.value) })}
          />
          <output>{text}</output>
        </label>
      ))}
    </figure>
  );
}
