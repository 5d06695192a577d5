/**
 * @file Text of a document in Python source: the only three ways for it to get there. As a literal, as a comment, as a docstring; in each
 * it can neither end what it stands in nor change how the lines around it read.
 */

/** Line breaks of any kind, control characters, half characters, and marks that turn the direction of what follows. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

/** A text in single quotes. */
export function writeText(text: string): string {
  return `'${escapeHidden(text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`))}'`;
}

/** A text on one line, behind a `#`; long ones are cut. */
export function commentText(text: string): string {
  const line = text.replaceAll(HIDDEN, ' ').replaceAll(/\s+/g, ' ').trim();
  return line.length <= MAX_COMMENT ? line : `${line.slice(0, MAX_COMMENT - 1).replace(/\p{Cs}$/u, '')}…`;
}

/** The lines of a docstring; `"""` and backslashes in it are escaped. */
export function docLines(text: string): string[] {
  const lines = text
    .trim()
    .split(/\r\n|\r|\n/)
    .map((line) =>
      escapeHidden(
        line
          .trim()
          .replaceAll('\\', '\\\\')
          .replaceAll('"""', String.raw`\"\"\"`),
      ),
    );
  const last = lines.at(-1)!;
  return last.endsWith('"') ? [...lines.slice(0, -1), `${last.slice(0, -1)}\\"`] : lines;
}

const MAX_COMMENT = 240;

const SHORT: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };

function escapeHidden(text: string): string {
  return text.replaceAll(HIDDEN, (character) => {
    const short = SHORT[character];
    if (short !== undefined) return short;
    const code = character.codePointAt(0)!;
    if (code > 0xffff) return `\\U${code.toString(16).padStart(8, '0')}`;
    return code > 0xff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\x${code.toString(16).padStart(2, '0')}`;
  });
}
