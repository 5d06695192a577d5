/** @file Splits the text of a table into cells after RFC 4180: quoted cells may hold separators, quotes (doubled) and line breaks. */
import { fail } from '../../spec/run-error.ts';

export interface Records {
  readonly cells: readonly (readonly string[])[];
  /** The line, from 1, on which each record starts. */
  readonly lines: readonly number[];
  readonly comments: readonly Comment[];
}

/** A line that is no row. */
export interface Comment {
  /** With the sign that begins it. */
  readonly text: string;
  /** How many records stand before it. */
  readonly before: number;
}

const QUOTE = 34;
const LINE_FEED = 10;
const RETURN = 13;

/** Where blank lines at the end begin. Tabs are cells where they separate cells. */
function contentEnd(text: string, separator: string): number {
  const blank = separator === '\t' ? ' \r\n' : ' \r\n\t';
  let end = text.length;
  while (end > 0 && blank.includes(text[end - 1]!)) end--;
  return end;
}

/** `sep=;` in a line of its own before all others, as spreadsheets write and want it. */
const SEPARATOR_LINE = /^\uFEFF?"?sep=(.)"?[\t ]*(?:\r\n|\n|\r)/i;

/** What the file says of its separator, and where its table begins. */
export function declaredSeparator(text: string): { readonly separator: string; readonly end: number } | undefined {
  const found = SEPARATOR_LINE.exec(text.slice(0, 16));
  return found ? { separator: found[1]!, end: found[0].length } : undefined;
}

const SPACE = 32;
const SEPARATOR_NAMES: Readonly<Record<string, string>> = {
  ',': 'a comma',
  ';': 'a semicolon',
  '\t': 'a tab',
  '|': 'a bar',
  ':': 'a colon',
  ' ': 'a space',
};

function shownSeparator(separator: string): string {
  return SEPARATOR_NAMES[separator] ?? `"${separator}"`;
}

/**
 * Line breaks are LF, CRLF or CR, also mixed; a byte order mark, a line `sep=…` and blank lines at either end are passed over, and spaces before a quote. Several spaces that
 * separate are one. Lines outside quotes that begin with `comment`, if it is given, are no records. Reads at most `limit` records.
 */
export function readRecords(text: string, separator = ',', limit = Infinity, comment: '' | '#' | '%' = ''): Records {
  const comma = separator.charCodeAt(0);
  const cells: string[][] = [];
  const lines: number[] = [];
  const comments: Comment[] = [];
  const commentCode = comment === '' ? -1 : comment.charCodeAt(0);
  const end = contentEnd(text, separator);
  const declared = declaredSeparator(text);
  let at = declared?.end ?? (text.charCodeAt(0) === 0xfeff ? 1 : 0);
  let line = declared ? 2 : 1;
  let record: string[] = [];
  let recordLine = line;

  /** Reads from the opening quote; leaves `at` behind the closing one. */
  const quoted = (): string => {
    const openedLine = line;
    let cell = '';
    let from = ++at;
    for (;;) {
      if (at >= text.length)
        fail(
          'csv/open-quote',
          `Line ${openedLine}, column ${record.length + 1}: expected a closing quote, got the end of the file.`,
          'Close the quote.',
        );
      const code = text.charCodeAt(at);
      if (code === LINE_FEED || (code === RETURN && text.charCodeAt(at + 1) !== LINE_FEED)) line++;
      if (code !== QUOTE) at++;
      else if (text.charCodeAt(at + 1) === QUOTE) {
        cell += text.slice(from, at + 1);
        at += 2;
        from = at;
      } else {
        cell += text.slice(from, at++);
        return cell;
      }
    }
  };

  const skipSpaces = (): void => {
    let next = at;
    while (text.charCodeAt(next) === SPACE) next++;
    if (comma === SPACE || text.charCodeAt(next) === QUOTE) at = next;
  };

  /** Passes over a line that is a comment, but for its end; whether it was one. */
  const passComment = (): boolean => {
    let next = at;
    while (text.charCodeAt(next) === SPACE) next++;
    if (commentCode === -1 || text.charCodeAt(next) !== commentCode) return false;
    for (at = next; at < text.length && text.charCodeAt(at) !== LINE_FEED && text.charCodeAt(at) !== RETURN;) at++;
    comments.push({ text: text.slice(next, at), before: cells.length });
    return true;
  };

  const passLineEnd = (): void => {
    if (text.charCodeAt(at) === RETURN && text.charCodeAt(at + 1) === LINE_FEED) at++;
    recordLine = ++line;
    at++;
  };

  while (at < end && cells.length < limit) {
    if (record.length === 0 && passComment()) {
      passLineEnd();
      continue;
    }
    skipSpaces();
    if (text.charCodeAt(at) === QUOTE) {
      record.push(quoted());
      const next = text.charCodeAt(at);
      if (at < end && next !== comma && next !== LINE_FEED && next !== RETURN)
        fail(
          'csv/after-quote',
          `Line ${line}, column ${record.length}: expected ${shownSeparator(separator)} after the closing quote, got "${text[at]}".`,
          'Double the quotes inside a quoted cell.',
        );
    } else {
      const from = at;
      let code = text.charCodeAt(at);
      while (at < text.length && code !== comma && code !== LINE_FEED && code !== RETURN) code = text.charCodeAt(++at);
      record.push(text.slice(from, at));
    }
    // Spaces at the end of a line separate nothing.
    if (comma === SPACE) while (text.charCodeAt(at) === SPACE && (at + 1 >= end || ' \r\n'.includes(text[at + 1]!))) at++;
    const isComma = text.charCodeAt(at) === comma;
    // A comma at the very end of the text still opens one more, empty cell.
    const isLast = at + 1 >= end;
    if (isComma && isLast) record.push('');
    if (isComma && !isLast) at++;
    else {
      const isBlank = record.length === 1 && record[0]!.trim() === '';
      if (!isBlank || cells.length > 0) {
        cells.push(record);
        lines.push(recordLine);
      }
      record = [];
      passLineEnd();
    }
  }
  return { cells, lines, comments };
}
