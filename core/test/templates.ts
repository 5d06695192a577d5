/** @file The templates that ship with the app, by the name of the file. */
import { parseDocument } from '../document/parse.ts';
import type { ModelDocument } from '../document/schema.ts';

const texts = import.meta.glob<string>('../../assets/templates/*.espalier', { query: '?raw', import: 'default', eager: true });

export const TEMPLATES: readonly { readonly name: string; readonly text: string }[] = Object.entries(texts).map(([path, text]) => ({
  name: path.replace(/^.*\/|\.espalier$/g, ''),
  text,
}));

export function template(name: string): ModelDocument {
  const result = parseDocument(TEMPLATES.find((each) => each.name === name)?.text ?? '');
  if (!result.ok) throw new Error(result.refusals[0]!.message);
  return result.document;
}
