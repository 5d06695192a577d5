/** @file Which parts of a tensor a grid of maps shows: a plane for each place on one axis, at one place of each other. Pure. */
import type { TensorData, TensorPart } from '../../core/run/index.ts';
import { axesOf, type Axes, type Corner, MOST_CELLS, type TensorKind } from './planes.ts';

export interface TileAxes extends Axes {
  readonly row: number;
  readonly column: number;
  /** The axis of whose places each is a map of its own: channels, heads. */
  readonly each: number;
}

/** Numbers that are fetched for one page of maps. */
const MOST_NUMBERS = 2 ** 19;
/** Nobody compares more at once. */
const MOST_TILES = 64;

/** Which axis is spread out: channels of a picture, what a kernel gives, heads of attention. */
const EACH: Readonly<Record<Exclude<TensorKind, 'other'>, (rank: number) => number>> = {
  picture: (rank) => (rank === 4 ? 3 : -1),
  kernel: (rank) => (rank === 4 ? 3 : -1),
  attention: (rank) => (rank >= 3 ? rank - 3 : -1),
};

/** Null for what has no maps beside each other: it is drawn as one. */
export function tileAxesOf(kind: TensorKind, shape: readonly number[]): TileAxes | null {
  if (kind === 'other') return null;
  const each = EACH[kind](shape.length);
  const { names, row, column } = axesOf(kind, shape.length);
  if (each < 0 || row === null || column === null || shape[each]! < 2 || shape.some((length) => length === 0)) return null;
  return { names, row, column, each };
}

/** How many maps stand on one page. */
export function tilesOnPage(shape: readonly number[], { row, column, each }: TileAxes): number {
  const numbers = Math.min(shape[row]!, MOST_CELLS) * Math.min(shape[column]!, MOST_CELLS);
  return Math.max(1, Math.min(shape[each]!, MOST_TILES, Math.floor(MOST_NUMBERS / numbers)));
}

/** The box that holds the maps of one page; places beyond the end are the last. */
export function pagePart(shape: readonly number[], axes: TileAxes, corner: Corner, page: number): TensorPart {
  const count = tilesOnPage(shape, axes);
  const size = shape.map((length, axis) =>
    axis === axes.each
      ? Math.min(count, length - page * count)
      : axis === axes.row || axis === axes.column
        ? Math.min(length, MOST_CELLS)
        : 1,
  );
  const begin = shape.map((length, axis) =>
    axis === axes.each ? page * count : Math.max(0, Math.min(corner[axis] ?? 0, length - size[axis]!)),
  );
  return { begin, size };
}

/** The numbers of one map out of those of its page, row by row. */
export function tileOf({ shape, data }: Pick<TensorData, 'shape' | 'data'>, { row, column, each }: TileAxes, at: number): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  const [rows, columns] = [shape[row]!, shape[column]!];
  const tile = new Float32Array(rows * columns);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) tile[y * columns + x] = data[at * strides[each]! + y * strides[row]! + x * strides[column]!]!;
  return tile;
}
