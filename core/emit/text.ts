/** @file Texts of a document on their way into code of any language: what cannot be seen is written out, or left out of comments. */

/** Line breaks of any kind, control characters, half characters, and marks that turn the direction of what follows. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };
const MAX_COMMENT = 240;

/** A text on one line, for a comment; long ones are cut. */
export function commentText(text: string): string {
  const line = text.replaceAll(HIDDEN, ' ').replaceAll(/\s+/g, ' ').trim();
  return line.length <= MAX_COMMENT ? line : `${line.slice(0, MAX_COMMENT - 1).replace(/\p{Cs}$/u, '')}…`;
}

/** What cannot be seen as escapes; `escape` gives that of a character by its number. */
export function escapeHidden(text: string, escape: (code: number) => string): string {
  return text.replaceAll(HIDDEN, (character) => SHORT[character] ?? escape(character.codePointAt(0)!));
}

/** The lines of a text, each without spaces around it and without what cannot be seen. */
export function textLines(text: string): string[] {
  return text
    .trim()
    .split(/\r\n|\r|\n/)
    .map((line) => line.replaceAll(HIDDEN, ' ').trim());
}
