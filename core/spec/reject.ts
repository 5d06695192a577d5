/** @file The one way in which a descriptor says that its inputs or arguments do not fit. */
import { infer, insert, reshaping, setTo, type Mend } from './mend.ts';
import { formatShape, normalizeAxis, sizeOf, withLast, type DataType, type TensorSpec } from './shape.ts';

/** What was expected, what came, what to do: shown on the node and in the list of problems. */
export interface Rejection {
  /** Stable: 'shape/last-axis', 'shape/rank', 'dtype', 'param/range' … */
  readonly code: string;
  /** A noun phrase that follows "expects": 'a last axis of 128'. */
  readonly expected: string;
  /** A noun phrase that follows "got": '64'. */
  readonly got: string;
  /** The next move, as an instruction: 'Set inFeatures to 64, or clear it so that it is inferred.' */
  readonly fix: string;
  /** The port or the parameter that it is about. */
  readonly port?: string;
  readonly param?: string;
  /** Ways to mend it that are one edit each, the likeliest first. */
  readonly mends?: readonly Mend[];
}

/** A rejection on its way: `place` stands before it in the message, `rejection` is for whoever shows it at a node. */
export class RejectionError extends Error {
  override readonly name = 'RejectionError';
  constructor(
    readonly rejection: Rejection,
    place?: string,
  ) {
    super(formatRejection(rejection, place));
  }
}

/** Throws; `infer` and `make` call it. */
export function reject(rejection: Rejection): never {
  throw new RejectionError(rejection);
}

/** `Linear "head" expects a last axis of 128 but got 64. Set inFeatures to 64, or clear it so that it is inferred.` */
export function formatRejection({ expected, got, fix }: Rejection, place?: string): string {
  return `${place === undefined ? 'Expected' : `${place} expects`} ${expected} but got ${got}. ${fix}`;
}

/** Rejects an input with too few or too many axes. */
export function requireRank(
  port: string,
  { shape }: TensorSpec,
  { min = 0, max = Infinity, mends = rankMends(port, shape.length, min, max) }: { min?: number; max?: number; mends?: readonly Mend[] },
): void {
  if (shape.length >= min && shape.length <= max) return;
  const count = min === max ? `${min}` : max === Infinity ? `at least ${min}` : min === 0 ? `at most ${max}` : `${min} to ${max}`;
  reject({
    code: 'shape/rank',
    port,
    expected: `${count} ${count === '1' || count === 'at least 1' || count === 'at most 1' ? 'axis' : 'axes'} on ${port}`,
    got: `${formatShape(shape)}, which has ${shape.length}`,
    fix:
      shape.length < min
        ? 'Wire an input with more axes, or add axes with Reshape.'
        : 'Wire an input with fewer axes, or merge axes with Flatten.',
    mends,
  });
}

/** One axis too few: of length 1, behind. Too many: all behind the first become one, where two will do. */
export function rankMends(port: string, rank: number, min: number, max = Infinity): readonly Mend[] {
  if (rank + 1 === min) return [insert(port, 'expandDims')];
  return rank > max && min <= 2 && max >= 2 ? [insert(port, 'flatten')] : [];
}

/** Rejects an input whose axis has another length than the parameter says; a named length is taken on trust only under its own name. */
export function requireAxis(port: string, { shape }: TensorSpec, axis: number, size: number, param: string): void {
  const at = normalizeAxis(axis, shape.length);
  const got = at === undefined ? undefined : shape[at];
  if (got === size) return;
  const name = axis === -1 ? 'a last axis' : `axis ${axis}`;
  const code = axis === -1 ? 'shape/last-axis' : 'shape/axis';
  reject({
    code,
    port,
    param,
    expected: `${name} of ${size}`,
    got: got === undefined ? formatShape(shape) : `${got}`,
    fix:
      typeof got === 'number'
        ? `Set ${param} to ${got}, or clear it so that it is inferred.`
        : got === undefined
          ? `Wire an input that has this axis.`
          : `Give the model an input whose length there is fixed to ${size}.`,
    mends: [
      ...(axis === -1 && shape.length > 2 && sizeOf(shape.slice(1)) === size ? [insert(port, 'flatten')] : []),
      ...(typeof got === 'number' ? [infer(param), setTo(param, got)] : []),
      ...(axis === -1 && typeof got === 'number' ? reshaping(port, shape, withLast(shape, size)) : []),
    ],
  });
}

/** Rejects an input of another type of number. */
export function requireDtype(port: string, { dtype }: TensorSpec, allowed: readonly DataType[]): void {
  if (allowed.includes(dtype)) return;
  reject({
    code: 'dtype',
    port,
    expected: `${allowed.join(' or ')} on ${port}`,
    got: dtype,
    fix: `Wire an input of type ${allowed[0]!}, or convert it with Cast.`,
    mends: [insert(port, 'cast', { dtype: allowed[0]! }, `to ${allowed[0]!}`)],
  });
}

/** Rejects two inputs that must agree. */
export function rejectMismatch(port: string, spec: TensorSpec, other: string, otherSpec: TensorSpec, wish = 'the shape'): never {
  reject({
    code: 'shape/mismatch',
    port,
    expected: `${wish} of ${other}, ${formatShape(otherSpec.shape)}, on ${port}`,
    got: formatShape(spec.shape),
    fix: 'Wire inputs whose shapes agree, or bring one into shape with Reshape, Transpose or a Linear.',
    mends: reshaping(port, spec.shape, otherSpec.shape),
  });
}
