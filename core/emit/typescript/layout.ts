/**
 * @file A statement on as many lines as prettier gives it at 80 columns, for the few forms that are written here: calls, objects, arrays,
 * heads of functions. Within one bracket the parts stand together on a line, or each on its own.
 */

const WIDTH = 80;

/** The lines of a statement that stands `indent` in. */
export function layout(indent: string, text: string): readonly string[] {
  if (fits(indent, text)) return [indent + text];
  return breakAfterEquals(indent, text) ?? breakBracket(indent, text);
}

function fits(indent: string, text: string): boolean {
  return indent.length + text.length <= WIDTH && !holdsTable(text);
}

/** A call of one short argument goes below its `=`. */
function breakAfterEquals(indent: string, text: string): readonly string[] | undefined {
  const [, left, right] = /^([^([{=]+ =) (.+)$/.exec(text) ?? [];
  if (left === undefined || right === undefined || holdsTable(text)) return undefined;
  const [, argument] = /^[\w.!]+\(([^()[\]{},]*)\);$/.exec(right) ?? [];
  const below = `${indent}  ${right}`;
  return argument !== undefined && argument.length <= WIDTH / 4 && below.length <= WIDTH ? [indent + left, below] : undefined;
}

function breakBracket(indent: string, text: string): readonly string[] {
  const bracket = lastBracket(text);
  if (!bracket) return [indent + text];
  let [open, close] = bracket;
  let parts = splitParts(text.slice(open + 1, close));
  // The last argument that is an object or a list opens on the line of the call.
  const last = text[open] === '(' ? parts.at(-1) : undefined;
  const end = last !== undefined && /^[{[]/.test(last) ? closing(last, 0) : -1;
  // The options of a constructor with their type do so too.
  const isAlone = last !== undefined && (end === last.length - 1 || (parts.length === 1 && last.startsWith('}: ', end)));
  if (last !== undefined && end > 0 && isAlone && canOpenBeside(parts, last)) {
    const start = text.lastIndexOf(last, close);
    const isShort = indent.length + start + 1 <= WIDTH && !holdsTable(text.slice(0, start));
    if (isShort) {
      [open, close] = [start, start + end];
      parts = splitParts(last.slice(1, end));
    }
  }
  const head = text.slice(0, open + 1);
  const inner = `${indent}  `;
  const isFilled = text[open] === '[' && parts.length > 1 && parts.every((part) => NUMBER.test(part));
  const lines = isFilled ? fill(inner, parts) : parts.flatMap((part) => withComma(layout(inner, part)));
  return [indent + head, ...lines, indent + text.slice(close)];
}

const NUMBER = /^[+-]?\d[\w.-]*$/;

function canOpenBeside(parts: readonly string[], last: string): boolean {
  if (parts.length === 1) return true;
  const isNumbers = last.startsWith('[') && splitParts(last.slice(1, -1)).every((part) => NUMBER.test(part));
  return !isNumbers && parts.at(-2)![0] !== last[0];
}

/** As many numbers on a line as fit. */
function fill(indent: string, parts: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + part.length + 2 <= WIDTH) lines[lines.length - 1] = `${line} ${part},`;
    else lines.push(`${indent}${part},`);
  }
  return lines;
}

function withComma(lines: readonly string[]): readonly string[] {
  return [...lines.slice(0, -1), `${lines.at(-1)!},`];
}

/** A list of lists, or of objects, of several entries each stands row by row. */
function holdsTable(text: string): boolean {
  let found = false;
  scan(text, (character, i) => {
    if (character !== '[' || found) return;
    const parts = splitParts(text.slice(i + 1, closing(text, i)));
    const isWide = (part: string) => splitParts(part.slice(1, -1)).length > 1;
    const isOf = (open: string) => parts.every((part) => part.startsWith(open) && closing(part, 0) === part.length - 1 && isWide(part));
    found = parts.length > 1 && (isOf('[') || isOf('{'));
  });
  return found;
}

/** The last outer bracket that holds something. */
function lastBracket(text: string): [open: number, close: number] | undefined {
  const open: number[] = [];
  let found: [number, number] | undefined;
  scan(text, (character, i) => {
    if ('([{'.includes(character)) open.push(i);
    else if (')]}'.includes(character)) {
      const start = open.pop() ?? -1;
      // What merely stands in parentheses takes no comma.
      const isGroup = text[start] === '(' && !/[\w)\]>!]/.test(text[start - 1] ?? ' ');
      if (open.length === 0 && !isGroup && text.slice(start + 1, i).trim() !== '') found = [start, i];
    }
  });
  return found;
}

function closing(text: string, start: number): number {
  let depth = 0;
  let end = -1;
  scan(text, (character, i) => {
    if (i < start || end >= 0) return;
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth === 0) end = i;
  });
  return end;
}

/** The parts between commas outside brackets and texts. */
function splitParts(text: string): readonly string[] {
  const cuts: number[] = [];
  let depth = 0;
  scan(text, (character, i) => {
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (character === ',' && depth === 0) cuts.push(i);
  });
  const parts = [-1, ...cuts].map((cut, i) => text.slice(cut + 1, cuts[i] ?? text.length).trim());
  return parts.filter((part) => part !== '');
}

/** Visits every character that is not inside a text. */
function scan(text: string, visit: (character: string, index: number) => void): void {
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (quote !== '' && character === '\\') i++;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else visit(character, i);
  }
}
