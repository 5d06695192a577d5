/**
 * @file Text of a document in Python source: the only ways for it to get there besides comments. As a literal, as a docstring; in each
 * it can neither end what it stands in nor change how the lines around it read.
 */
import { escapeHidden } from '../text.ts';

/** A text in single quotes. */
export function writeText(text: string): string {
  return `'${escapePython(text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`))}'`;
}

/** The lines of a docstring; `"""` and backslashes in it are escaped. */
export function docLines(text: string): string[] {
  const lines = text
    .trim()
    .split(/\r\n|\r|\n/)
    .map((line) =>
      escapePython(
        line
          .trim()
          .replaceAll('\\', '\\\\')
          .replaceAll('"""', String.raw`\"\"\"`),
      ),
    );
  const last = lines.at(-1)!;
  return last.endsWith('"') ? [...lines.slice(0, -1), `${last.slice(0, -1)}\\"`] : lines;
}

function escapePython(text: string): string {
  return escapeHidden(text, (code) => {
    if (code > 0xffff) return `\\U${code.toString(16).padStart(8, '0')}`;
    return code > 0xff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\x${code.toString(16).padStart(2, '0')}`;
  });
}
