/** @file A tensor as maps beside each other, one for each place on one axis. A click enlarges one; all have one scale, so that they can be compared. */
import { ArrowLeft, ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Statistics, TensorData, ValueKey } from '../../core/run/index.ts';
import { useTensor } from '../hooks/runs.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ColorBar } from './color-bar.tsx';
import { colorsOf, rangeOf, type Range } from './heat-colors.ts';
import { HeatMap } from './heat-map.tsx';
import type { Corner, TensorKind } from './planes.ts';
import { pagePart, type TileAxes, tileOf, tilesOnPage } from './tiles.ts';

export interface MapGridProps {
  readonly valueKey: ValueKey;
  readonly summary: Statistics;
  readonly kind: TensorKind;
  readonly label: string;
  readonly axes: TileAxes;
  /** What one map is: `channel`, `head`. */
  readonly one: string;
  /** Under the maps, in words. */
  readonly text: string;
}

export function MapGrid(props: MapGridProps) {
  const { summary, axes, one } = props;
  const { shape } = summary;
  const [corner, setCorner] = useState<Corner>({});
  const [large, setLarge] = useState<number | null>(null);
  if (large !== null)
    return (
      <div className="map-large">
        <Button size="small" onPress={() => setLarge(null)}>
          <ArrowLeft size={12} aria-hidden /> All {shape[axes.each]} {one}s
        </Button>
        <HeatMap {...props} start={{ ...corner, [axes.each]: large }} />
      </div>
    );
  return <Grid {...props} corner={corner} onCorner={setCorner} onEnlarge={setLarge} />;
}

interface GridProps extends MapGridProps {
  readonly corner: Corner;
  readonly onCorner: (corner: Corner) => void;
  readonly onEnlarge: (at: number) => void;
}

function Grid({ valueKey, summary, label, axes, one, text, corner, onCorner, onEnlarge }: GridProps) {
  const { shape } = summary;
  const [page, setPage] = useState(0);
  const part = useMemo(() => pagePart(shape, axes, corner, page), [shape, axes, corner, page]);
  const range = useMemo(() => rangeOf(summary), [summary]);
  const read = useTensor(valueKey, part);
  const count = tilesOnPage(shape, axes);
  const pages = Math.ceil(shape[axes.each]! / count);
  const others = shape.flatMap((length, axis) =>
    axis === axes.each || axis === axes.row || axis === axes.column || length < 2 ? [] : [{ axis, length, name: axes.names[axis]! }],
  );
  if (read.status === 'failed') return <p className="plot-empty">{read.message}</p>;
  return (
    <figure className="heat-map map-grid-figure" aria-label={`${label}: ${text}`}>
      {read.status === 'ready' ? (
        <div className="map-grid">
          {Array.from({ length: read.part.size[axes.each]! }, (_, at) => {
            const place = read.part.begin[axes.each]! + at;
            return (
              <Tile
                key={place}
                tensor={read.tensor}
                axes={axes}
                at={at}
                range={range}
                name={`${one} ${place}`}
                onPress={() => onEnlarge(place)}
              />
            );
          })}
        </div>
      ) : (
        <p className="plot-empty heat-wait">Reading values …</p>
      )}
      <figcaption>
        <ColorBar range={range} summary={summary} />
      </figcaption>
      <small>
        {text}
        {pages > 1 && (
          <span className="map-pages">
            <IconButton
              size="small"
              label={`Earlier ${one}s`}
              icon={<ChevronLeft size={12} />}
              isDisabled={page === 0}
              onPress={() => setPage(page - 1)}
            />
            {one}s {page * count} to {page * count + part.size[axes.each]! - 1} of {shape[axes.each]}
            <IconButton
              size="small"
              label={`Later ${one}s`}
              icon={<ChevronRight size={12} />}
              isDisabled={page === pages - 1}
              onPress={() => setPage(page + 1)}
            />
          </span>
        )}
      </small>
      {others.map(({ axis, length, name }) => (
        <label key={axis} className="axis-index">
          {name}
          <input
            type="range"
            min={0}
            max={length - 1}
            value={part.begin[axis]}
            aria-label={`Place on ${name}`}
            onChange={(event) => onCorner({ ...corner, [axis]: Number(event.target.value) })}
          />
          <output>
            {part.begin[axis]} of {length}
          </output>
        </label>
      ))}
    </figure>
  );
}

interface TileProps {
  readonly tensor: TensorData;
  readonly axes: TileAxes;
  /** On the page. */
  readonly at: number;
  readonly range: Range;
  readonly name: string;
  readonly onPress: () => void;
}

function Tile({ tensor, axes, at, range, name, onPress }: TileProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [rows, columns] = [tensor.shape[axes.row]!, tensor.shape[axes.column]!];
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    element.width = columns;
    element.height = rows;
    context.putImageData(new ImageData(colorsOf(tileOf(tensor, axes, at), range), columns, rows), 0, 0);
  }, [tensor, axes, at, range, rows, columns]);
  return (
    <button type="button" className="map-tile" title={`${name}: enlarge`} aria-label={`Enlarge ${name}`} onClick={onPress}>
      <canvas ref={canvas} style={{ aspectRatio: `${columns} / ${rows}` }} aria-hidden />
    </button>
  );
}
