/** @file Which part of a tensor of any rank a heat map shows: two axes as a plane, one index for each of the others. Pure. */
import type { TensorPart } from '../../core/run/index.ts';

/** What the numbers of a tensor are: pictures (batch, height, width, channel), kernels (height, width, in, out), or weights of attention. */
export type TensorKind = 'picture' | 'kernel' | 'attention' | 'other';

/** Of rows or columns no more are drawn, so that each has a pixel of its own. */
export const MOST_CELLS = 128;

export interface Axes {
  /** What each axis is: `height`, `out`, or `axis 3`. */
  readonly names: readonly string[];
  /** The axis that is drawn downwards and the one drawn across; null where the rank is too small. */
  readonly row: number | null;
  readonly column: number | null;
}

const SPACE = ['depth', 'height', 'width'];

/** The axes to draw. Only pictures and kernels have height and width; of everything else the last two axes are drawn. */
export function axesOf(kind: TensorKind, rank: number): Axes {
  const plain = Array.from({ length: rank }, (_, axis) => `axis ${axis}`);
  const [row, column] = [rank < 2 ? null : rank - 2, rank < 1 ? null : rank - 1];
  if (kind === 'picture' && rank === 4) return { names: ['batch', 'height', 'width', 'channel'], row: 1, column: 2 };
  if (kind === 'kernel' && rank >= 3 && rank <= 5) {
    const names = [...SPACE.slice(5 - rank), 'in', 'out'];
    return rank === 3 ? { names, row, column } : { names, row: rank - 4, column: rank - 3 };
  }
  if (kind === 'attention' && rank >= 3) return { names: [...plain.slice(0, -3), 'head', 'query', 'key'], row, column };
  return { names: plain, row, column };
}

/** Where the plane lies: one index of each other axis, and where rows and columns begin. */
export type Corner = Readonly<Record<number, number>>;

/** The part that is drawn. Missing places count as 0, too large ones as the last. */
export function partOf(shape: readonly number[], { row, column }: Axes, corner: Corner): TensorPart {
  const isDrawn = (axis: number): boolean => axis === row || axis === column;
  const size = shape.map((length, axis) => (isDrawn(axis) ? Math.min(length, MOST_CELLS) : Math.min(length, 1)));
  const begin = shape.map((length, axis) => Math.max(0, Math.min(corner[axis] ?? 0, length - size[axis]!)));
  return { begin, size };
}

/** An axis of which one place must be chosen: one that is not drawn, or is drawn in part. */
export interface Choice {
  readonly axis: number;
  readonly name: string;
  /** The places to choose from are 0 to this. */
  readonly last: number;
  /** `3 of 64`, or `128–255 of 100,000`. */
  readonly text: string;
}

const COUNT = new Intl.NumberFormat('en-US');

export function choicesOf(shape: readonly number[], axes: Axes, { begin, size }: TensorPart): readonly Choice[] {
  return shape.flatMap((length, axis): Choice[] => {
    const isDrawn = axis === axes.row || axis === axes.column;
    if (isDrawn && size[axis] === length) return [];
    const [from, to] = [begin[axis]!, begin[axis]! + size[axis]! - 1];
    const text = isDrawn ? `${COUNT.format(from)}–${COUNT.format(to)}` : COUNT.format(from);
    return [{ axis, name: axes.names[axis]!, last: length - size[axis]!, text: `${text} of ${COUNT.format(length)}` }];
  });
}

/** What is drawn, in words: `height × width of a kernel`. */
export function planeText({ names, row, column }: Axes, kind: TensorKind): string {
  if (column === null) return 'one number';
  const what = row === null ? names[column]! : `${names[row]!} × ${names[column]!}`;
  return kind === 'other' ? what : `${what}, ${kind === 'attention' ? 'attention weights' : kind}`;
}
