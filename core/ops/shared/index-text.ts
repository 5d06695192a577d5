/** @file Python's index expressions, such as `1:3, ::-1` or `..., 0`, as texts. */
import { addDims, ceilDivide, multiplyDims } from '../../spec/dims.ts';
import { type Dim, formatShape, type Shape } from '../../spec/shape.ts';
import { placesOf } from '../../tensor/slice.ts';
import { rejectParam } from './ports.ts';

/** Part of an axis; `null` is Python's omitted number. */
export interface Range {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number;
}

/** A part of an axis that stays, or the index of one place, whose axis goes. */
export type AxisIndex = Range | number;

const INTEGER = /^[+-]?\d+$/;

/** One entry per axis of the shape; rejects what Python would not understand. */
export function parseIndex(text: string, shape: Shape): AxisIndex[] {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.at(-1) === '' && parts.length > 1) parts.pop();
  const given = parts.filter((part) => part !== '...').length;
  if (parts.length - given > 1) rejectParam('index', 'at most one ... in the index', text, 'Leave out the other.');
  if (given > shape.length)
    rejectParam('index', `at most ${shape.length} parts for ${formatShape(shape)}`, text, 'Leave out parts, or add axes first.');
  const whole = Array.from({ length: shape.length - given }, () => ':');
  const at = parts.indexOf('...');
  const complete = at < 0 ? [...parts, ...whole] : [...parts.slice(0, at), ...whole, ...parts.slice(at + 1)];
  return complete.map((part, axis) => parsePart(part, axis, shape[axis]!));
}

function parsePart(part: string, axis: number, length: Dim): AxisIndex {
  if (INTEGER.test(part)) {
    const index = Number(part);
    if (typeof length === 'number' && (index >= length || index < -length))
      rejectParam('index', `${-length} to ${length - 1} for axis ${axis}`, part, 'Choose a place that the axis has.');
    return index;
  }
  const numbers = part.split(':').map((each) => each.trim());
  const isRange = numbers.length >= 2 && numbers.length <= 3 && numbers.every((each) => each === '' || INTEGER.test(each));
  if (!isRange)
    rejectParam(
      'index',
      'whole numbers, ranges such as 1:3 or ::2, and ...',
      part === '' ? 'nothing' : part,
      'Write it as between the brackets of x[…].',
    );
  const [start = null, stop = null, step = null] = numbers.map((each) => (each === '' ? null : Number(each)));
  if (step === 0) rejectParam('index', 'a step other than 0', part, 'Use -1 to go backwards.');
  return { start, stop, step: step ?? 1 };
}

/** The index as Python code, part by part from what was read: `...` in place of what cannot be. */
export function printIndex(text: string): string {
  const parts = text.split(',').map((part) => part.trim());
  const isOne = parts.length === 2 && parts[1] === '';
  if (parts.at(-1) === '' && parts.length > 1) parts.pop();
  const printed = parts.map((part) => {
    if (part === '...') return part;
    if (INTEGER.test(part)) return String(Number(part));
    const numbers = part.split(':').map((each) => each.trim());
    const isRange = numbers.length >= 2 && numbers.length <= 3 && numbers.every((each) => each === '' || INTEGER.test(each));
    return isRange ? numbers.map((each) => (each === '' ? '' : String(Number(each)))).join(':') : undefined;
  });
  if (printed.includes(undefined)) return '...';
  return printed.join(', ') + (isOne ? ',' : '');
}

/** The lengths after the index. An axis whose length is not known is taken to be long enough for the numbers that are given. */
export function indexShape(shape: Shape, index: readonly AxisIndex[]): Shape {
  return shape.flatMap((length, axis) => {
    const part = index[axis]!;
    return typeof part === 'number' ? [] : [rangeLength(length, part)];
  });
}

function rangeLength(length: Dim, { start, stop, step }: Range): Dim {
  if (typeof length === 'number') return placesOf({ start, stop, step }, length).count;
  const place = (value: number) => (value < 0 ? addDims(length, value) : value);
  const from = start === null ? (step > 0 ? 0 : addDims(length, -1)) : place(start);
  const to = stop === null ? (step > 0 ? length : -1) : place(stop);
  const span = step > 0 ? addDims(to, multiplyDims(-1, from)) : addDims(from, multiplyDims(-1, to));
  return ceilDivide(span, Math.abs(step));
}
