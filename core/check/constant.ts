/** @file The shape of a constant: nested lists of numbers. */
import type { JsonValue } from '../document/schema.ts';
import { reject, type TensorSpec } from '../spec/index.ts';

/** Shape and type of a constant; rejects ragged lists and values that are no numbers. */
export function constantSpec(value: JsonValue, dtype: TensorSpec['dtype']): TensorSpec {
  return { shape: measure(value, dtype), dtype };
}

function measure(value: JsonValue, dtype: TensorSpec['dtype']): readonly number[] {
  if (Array.isArray(value)) {
    const shapes = value.map((item: JsonValue) => measure(item, dtype));
    const [first = []] = shapes;
    const other = shapes.find((shape) => shape.length !== first.length || shape.some((dim, i) => dim !== first[i]));
    if (other) {
      const got = `(${first.join(', ')}) beside (${other.join(', ')})`;
      reject({ code: 'constant/ragged', expected: 'lists of equal length', got, fix: 'Make all rows equally long.' });
    }
    return [value.length, ...first];
  }
  const fits = dtype === 'bool' ? typeof value === 'boolean' : dtype === 'int32' ? Number.isInteger(value) : typeof value === 'number';
  if (!fits) {
    const expected = { float32: 'numbers', int32: 'whole numbers', bool: 'true or false' }[dtype];
    reject({ code: 'constant/value', expected, got: JSON.stringify(value), fix: 'Change the value, or the type of the constant.' });
  }
  return [];
}
