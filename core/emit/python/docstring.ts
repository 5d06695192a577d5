/** @file The docstring of a class: what it is, and what its arguments are. */
import type { ModelClass } from '../../document/schema.ts';
import { pythonName } from './names.ts';
import { commentText } from '../text.ts';
import { docLines } from './text.ts';
import type { PythonWriter } from './writer.ts';

/** Writes the docstring, if there is anything to say; whether there was. */
export function writeDocstring(writer: PythonWriter, { doc, fields }: Pick<ModelClass, 'doc' | 'fields'>): boolean {
  const documented = fields.filter((field) => field.doc);
  const lines = doc.trim() === '' ? [] : docLines(doc);
  if (documented.length > 0) {
    // Below quotes alone, black would move what is further in.
    lines.push('');
    lines.push('Args:', ...documented.map((field) => `    ${pythonName(field.name)}: ${docLines(commentText(field.doc!)).join(' ')}`));
  }
  const [first, ...more] = lines;
  if (first === undefined) return false;
  if (more.length === 0) writer.plain(`"""${first}"""`);
  else {
    writer.plain(`"""${first}`);
    for (const line of more) writer.plain(line);
    writer.plain('"""');
  }
  return true;
}
