/** @file Values in short, for messages and logs. */
import { typeNameOf } from './type-name.ts';

/** `float32[2, 3]` for a tensor, `(float32[],)` for an array of one, `5` for a number, and the type of other objects. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return `(${value.map(valueText).join(', ')}${value.length === 1 ? ',' : ''})`;
  const { shape, dtype } = (value ?? {}) as { shape?: unknown; dtype?: unknown };
  return Array.isArray(shape) ? `${String(dtype)}[${shape.join(', ')}]` : typeof value === 'object' ? typeNameOf(value) : String(value);
}
