/** @file Splits comma-separated text into cells after RFC 4180: quoted cells may hold commas, quotes (doubled) and line breaks. */
import { fail } from './problem.ts';

export interface Records {
  readonly cells: readonly (readonly string[])[];
  /** The line, from 1, on which each record starts. */
  readonly lines: readonly number[];
}

const QUOTE = 34;
const COMMA = 44;
const LINE_FEED = 10;
const RETURN = 13;

/** Line breaks are LF, CRLF or CR; a byte order mark and blank lines at the end are passed over. */
export function readRecords(text: string): Records {
  const cells: string[][] = [];
  const lines: number[] = [];
  const end = text.trimEnd().length;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  let record: string[] = [];
  let recordLine = 1;

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

  while (at < end) {
    if (text.charCodeAt(at) === QUOTE) {
      record.push(quoted());
      const next = text.charCodeAt(at);
      if (at < end && next !== COMMA && next !== LINE_FEED && next !== RETURN)
        fail(
          'csv/after-quote',
          `Line ${line}, column ${record.length}: expected a comma after the closing quote, got "${text[at]}".`,
          'Double the quotes inside a quoted cell.',
        );
    } else {
      const from = at;
      let code = text.charCodeAt(at);
      while (at < text.length && code !== COMMA && code !== LINE_FEED && code !== RETURN) code = text.charCodeAt(++at);
      record.push(text.slice(from, at));
    }
    const isComma = text.charCodeAt(at) === COMMA;
    // A comma at the very end of the text still opens one more, empty cell.
    if (isComma && at + 1 >= end) record.push('');
    if (!isComma || at + 1 >= end) {
      cells.push(record);
      lines.push(recordLine);
      record = [];
      if (text.charCodeAt(at) === RETURN && text.charCodeAt(at + 1) === LINE_FEED) at++;
      recordLine = ++line;
    }
    at++;
  }
  return { cells, lines };
}
