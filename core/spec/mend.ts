/**
 * @file How a rejection can be mended, as data: a layer or an op says it where it rejects, and knows no document. What is shown is the label; the
 * edit of the document is made of it by `core/check`.
 */
import { divideDims } from './dims.ts';
import type { Args, ParamValue } from './params.ts';
import { formatShape, sizeOf, type Shape } from './shape.ts';

export type Mend =
  /** Arguments of what rejects; undefined clears one, so that it is inferred or takes its default. */
  | { readonly kind: 'set'; readonly label: string; readonly args: Readonly<Record<string, ParamValue | undefined>> }
  /** A field of the class, which an expression names. */
  | {
      readonly kind: 'field';
      readonly label: string;
      readonly name: string;
      readonly type: 'int' | 'float' | 'bool' | 'text';
      readonly value: ParamValue;
    }
  /** A layer or an op of one input, put into the wire that leads to a port. */
  | { readonly kind: 'insert'; readonly label: string; readonly port: string; readonly type: string; readonly args: Args }
  /** The type that was meant. */
  | { readonly kind: 'type'; readonly label: string; readonly type: string };

/** "Set numHeads to 4". */
export function setTo(param: string, value: ParamValue): Mend {
  const text = Array.isArray(value) ? formatShape(value as Shape) : String(value);
  return { kind: 'set', label: `Set ${param} to ${text}`, args: { [param]: value } };
}

/** Clears an argument that follows from the inputs. */
export function infer(param: string): Mend {
  return { kind: 'set', label: `Infer ${param}`, args: { [param]: undefined } };
}

/** Clears an argument that has a default. */
export function toDefault(param: string, value: ParamValue | undefined): Mend {
  const text = value === null ? 'none' : Array.isArray(value) ? formatShape(value as Shape) : String(value);
  return { kind: 'set', label: `Reset ${param} to ${text}`, args: { [param]: undefined } };
}

/** Takes an argument away that is none. */
export function remove(param: string): Mend {
  return { kind: 'set', label: `Remove ${param}`, args: { [param]: undefined } };
}

/** "Insert flatten": in front of a port. `with`: what is worth saying of its arguments. */
export function insert(port: string, type: string, args: Args = {}, words = ''): Mend {
  return { kind: 'insert', label: `Insert ${type}${words === '' ? '' : ` ${words}`}`, port, type, args };
}

/** The ops and layers that make one shape of another, the least first: one op each, and none where it would take more. */
export function reshaping(port: string, came: Shape, wanted: Shape): readonly Mend[] {
  const [rank, target] = [came.length, wanted.length];
  const isSame = (a: Shape, b: Shape) => a.length === b.length && a.every((dim, i) => dim === b[i]);
  if (rank === target + 1) {
    const at = came.findIndex((dim, i) => dim === 1 && isSame(came.toSpliced(i, 1), wanted));
    if (at >= 0) return [insert(port, 'squeeze', { axis: at })];
  }
  if (rank + 1 === target) {
    const at = wanted.findIndex((dim, i) => dim === 1 && isSame(wanted.toSpliced(i, 1), came));
    if (at >= 0) return [insert(port, 'expandDims', { axis: at }, `at axis ${at}`)];
  }
  if (target === 2 && rank > 2 && came[0] === wanted[0] && sizeOf(came.slice(1)) === wanted[1]) return [insert(port, 'flatten')];
  if (rank !== target) return [];
  const last = wanted.at(-1);
  const isOfFeatures = rank > 1 && typeof last === 'number' && isSame(came.slice(0, -1), wanted.slice(0, -1)) && came.at(-1) !== last;
  if (isOfFeatures) return last > 0 && typeof came.at(-1) === 'number' ? [insert(port, 'Linear', { outFeatures: last }, `to ${last}`)] : [];
  if (rank < 2 || isSame(came, wanted)) return [];
  const turned = came.map((_, i) => (i < rank - 2 ? i : 2 * rank - 3 - i));
  return isSame(
    turned.map((axis) => came[axis]!),
    wanted,
  )
    ? [insert(port, 'transpose', { axes: turned })]
    : [];
}

/** Swaps the last two axes of what comes in. */
export function swapLast(port: string, { length }: Shape): Mend {
  return insert(port, 'transpose', { axes: Array.from({ length }, (_, i) => (i < length - 2 ? i : 2 * length - 3 - i)) });
}

/** A shape of as many numbers as `size`, with -1 for one of the axes of `shape`: the first for which that divides; undefined where none does. */
export function withRest(shape: readonly number[], size: Shape[number]): readonly number[] | undefined {
  const at = shape.findIndex((_, i) => divideDims(size, sizeOf(shape.toSpliced(i, 1))) !== undefined);
  return at < 0 ? undefined : shape.with(at, -1);
}

/** The largest number up to `most` that divides all of these. */
export function divisorUpTo(most: number, ...numbers: readonly number[]): number {
  for (let divisor = Math.min(most, ...numbers); divisor > 1; divisor--) if (numbers.every((each) => each % divisor === 0)) return divisor;
  return 1;
}
