/** @file Declared shapes as the user types them: `batch, 64`, `batch, 4 * width`. */
import { isExpression, parseExpression, type InputNode } from '../../../core/document/index.ts';

type DeclaredDims = NonNullable<InputNode['shape']>;

export type ShapeReading = { readonly ok: true; readonly shape: DeclaredDims | null } | { readonly ok: false; readonly message: string };

export function writeShape(shape: InputNode['shape']): string {
  return shape === null ? '' : shape.map((dim) => (isExpression(dim) ? dim.$ : String(dim))).join(', ');
}

/** A word that is a field of the class is an expression; any other word stands for a length known only when the model runs. */
export function readShape(text: string, fields: readonly string[]): ShapeReading {
  const inner = text
    .trim()
    .replace(/^[([](.*)[)\]]$/s, '$1')
    .trim();
  if (inner === '') return { ok: true, shape: text.trim() === '' ? null : [] };
  const dims: DeclaredDims[number][] = [];
  for (const part of partsOf(inner)) {
    if (/^\d+$/.test(part) && Number(part) > 0) dims.push(Number(part));
    else if (/^[A-Za-z_]\w*$/.test(part) && !fields.includes(part)) dims.push(part);
    else if (part !== '' && !/^\d+$/.test(part) && parseExpression(part).ok) dims.push({ $: part });
    else {
      const got = part === '' ? 'nothing between two commas' : `"${part}"`;
      return { ok: false, message: `Expected lengths such as batch, 64, got ${got}. Write whole numbers from 1, names or expressions.` };
    }
  }
  return { ok: true, shape: dims };
}

/** Between commas, or the words where all are plain ones: `batch 8 8 1` can mean nothing else. */
function partsOf(text: string): readonly string[] {
  if (/^\w+(\s+\w+)+$/.test(text)) return text.split(/\s+/);
  return text
    .replace(/,$/, '')
    .split(',')
    .map((each) => each.trim());
}
