/** @file The example documents that ship with the app, for tests on either backend. */
import { parseDocument } from '../document/parse.ts';
import type { ModelDocument } from '../document/schema.ts';

const texts = import.meta.glob<string>('../../assets/examples/*.espalier', { query: '?raw', import: 'default', eager: true });

/** The text of an example by the name of its file: 'model', 'block', 'digits'. */
export function exampleText(name: string): string {
  const text = texts[`../../assets/examples/${name}.espalier`];
  if (text === undefined) throw new Error(`no example ${name}`);
  return text;
}

export function example(name: string): ModelDocument {
  const result = parseDocument(exampleText(name));
  if (!result.ok) throw new Error(result.refusals[0]!.message);
  return result.document;
}

export const EXAMPLES: readonly string[] = Object.keys(texts).map((path) => path.replace(/^.*\/|\.espalier$/g, ''));
