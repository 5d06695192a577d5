/** @file Axis arguments: counted from the end if negative, checked against the rank. */
import { formatShape, normalizeAxis, type Shape } from '../../spec/shape.ts';
import { setTo } from '../../spec/mend.ts';
import { rejectParam } from './ports.ts';

/** The axis counted from 0; the message names the parameter and the ranks that would do. */
export function resolveAxis(axis: number, shape: Shape, param = 'axis', rank = shape.length): number {
  const resolved = normalizeAxis(axis, rank);
  if (resolved !== undefined && Number.isInteger(axis)) return resolved;
  if (rank === 0)
    return rejectParam(param, 'an input with at least one axis', formatShape(shape), 'Add an axis with expandDims.', {
      code: 'shape/rank',
    });
  return rejectParam(
    param,
    `${param} from ${-rank} to ${rank - 1}`,
    `${axis} for ${formatShape(shape)}`,
    `Set ${param} to one of the ${rank} axes; -1 is the last.`,
    { mends: [setTo(param, -1)] },
  );
}

/** Several axes, each once, in ascending order; `null` means all of them. */
export function resolveAxes(axes: number | readonly number[] | null, shape: Shape, param = 'axis', rank = shape.length): number[] {
  if (axes === null) return shape.map((_, i) => i);
  const resolved = (typeof axes === 'number' ? [axes] : axes).map((axis) => resolveAxis(axis, shape, param, rank));
  if (new Set(resolved).size !== resolved.length)
    rejectParam(param, 'each axis once', axes, 'Remove the repeated axis.', { mends: [setTo(param, [...new Set(resolved)])] });
  return resolved.sort((a, b) => a - b);
}
