/** @file Reading the ports of a node, and the checks on them that most ops make. */
import { insert, type Mend } from '../../spec/mend.ts';
import { rankMends, type Rejection, reject } from '../../spec/reject.ts';
import { formatShape, type DataType, type TensorSpec } from '../../spec/shape.ts';

/** What is wired to a required port. The graph is checked for missing wires before anything is inferred or run. */
export function read<T>(inputs: Readonly<Record<string, T>>, port: string): T {
  const value = inputs[port];
  if (value !== undefined) return value;
  return reject({ code: 'port/missing', port, expected: `a wire into "${port}"`, got: 'none', fix: `Connect an output to "${port}".` });
}

/** Rejects integers and truth values where only real numbers make sense. */
export function requireFloat(spec: TensorSpec, port = 'x'): void {
  requireType(spec, ['float32'], port);
}

/** Rejects other types of number than these. */
export function requireType(spec: TensorSpec, dtypes: readonly DataType[], port: string): void {
  if (dtypes.includes(spec.dtype)) return;
  reject({
    code: 'dtype',
    port,
    expected: dtypes.join(' or '),
    got: spec.dtype,
    fix: `Put a cast to ${dtypes[0]} in front of "${port}".`,
    mends: [insert(port, 'cast', { dtype: dtypes[0]! }, `to ${dtypes[0]}`)],
  });
}

/** Rejects shapes of another rank. */
export function requireRank(
  spec: TensorSpec,
  port: string,
  min: number,
  max = Infinity,
  mends = rankMends(port, spec.shape.length, min, max),
): void {
  if (spec.shape.length >= min && spec.shape.length <= max) return;
  const wanted = max === Infinity ? `at least ${min}` : min === max ? `${min}` : `${min} to ${max}`;
  reject({
    code: 'shape/rank',
    port,
    expected: `${wanted} ${wanted === '1' || wanted === 'at least 1' ? 'axis' : 'axes'}`,
    got: formatShape(spec.shape),
    fix: spec.shape.length < min ? 'Add axes with expandDims or reshape.' : 'Remove axes with squeeze, reshape or flatten.',
    mends,
  });
}

/** Rejects empty axes where something is to be taken from them. */
export function requireEntries(x: TensorSpec, axes: readonly number[]): void {
  const empty = axes.find((axis) => x.shape.at(axis) === 0);
  if (empty === undefined) return;
  reject({
    code: 'shape/empty',
    port: 'x',
    param: 'axis',
    expected: `at least one entry along axis ${empty}`,
    got: formatShape(x.shape),
    fix: 'Choose another axis, or give "x" entries.',
  });
}

/** A parameter that cannot be. */
export function rejectParam(
  param: string,
  expected: string,
  got: unknown,
  fix: string,
  { code = 'param/range', mends = [] }: { readonly code?: Rejection['code']; readonly mends?: readonly Mend[] } = {},
): never {
  return reject({ code, param, expected, got: typeof got === 'string' ? got : JSON.stringify(got), fix, mends });
}
