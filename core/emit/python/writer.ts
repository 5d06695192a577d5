/** @file Lines of Python with indentation, and a long call broken over several lines. */
import { MarkedLines, type CodeMark, type CodeMarks } from '../marks.ts';
import { commentText } from '../text.ts';

const LINE_WIDTH = 100;

/** Collects lines; what is written through `indented` stands one step further in. */
export class PythonWriter {
  private readonly lines = new MarkedLines();
  private depth = 0;

  /** One statement, or nothing for an empty line. */
  line(text = ''): void {
    const indent = '    '.repeat(this.depth);
    if (text === '') this.lines.push('');
    else this.lines.push(...breakLine(indent, text));
  }

  /** Where the next line will stand, for `insert`. */
  get position(): number {
    return this.lines.length;
  }

  /** One statement at an earlier place, as far in as the writer is now. */
  insert(position: number, text: string): void {
    this.lines.insert(position, breakLine('    '.repeat(this.depth), text));
  }

  /** One statement that has its own indentation. */
  indentedLine(text: string): void {
    const own = /^ */.exec(text)![0];
    this.lines.push(...(text === '' ? [''] : breakLine('    '.repeat(this.depth) + own, text.slice(own.length))));
  }

  /** A line as it is, such as one of a docstring. */
  plain(text: string): void {
    this.lines.push(text === '' ? '' : '    '.repeat(this.depth) + text);
  }

  /** A comment on a line of its own, whatever the text. */
  comment(text: string): void {
    this.lines.push(`${'    '.repeat(this.depth)}# ${commentText(text)}`.trimEnd());
  }

  /** The comment that stands for what cannot be written. */
  leftOut(name: string, reason: string): void {
    this.comment(`left out: ${reason.startsWith(`${name}: `) ? '' : `${name}: `}${reason}`);
  }

  /** Several lines one step further in. */
  indented(write: () => void): void {
    this.depth++;
    write();
    this.depth--;
  }

  /** What is written meanwhile stands for `mark`. */
  marked(mark: CodeMark, write: () => void): void {
    this.lines.during(mark, write);
  }

  get marks(): CodeMarks {
    return this.lines.marks;
  }

  toString(): string {
    return this.lines.toString();
  }
}

/** The statement as it is if it fits; else what stands in its last bracket on lines of their own, as black leaves it. */
function breakLine(indent: string, text: string): readonly string[] {
  if (indent.length + text.length <= LINE_WIDTH) return [indent + text];
  const tail = text.endsWith(':') && text.startsWith('def ') ? text.length - 1 - text.lastIndexOf(')') : 0;
  const end = text.length - 1 - tail;
  if (!')]}'.includes(text[end]!)) return inParentheses(indent, text);
  const start = openingOf(text, end);
  if (indent.length + start + 1 > LINE_WIDTH) return breakSum(indent, text);
  const args = splitArguments(text.slice(start + 1, end));
  // A comma behind what merely stands in parentheses would make a tuple of it, and behind a comprehension it is an error.
  const isCall = start > 0 && /[\w\])]/.test(text[start - 1]!);
  if (!isCall && args.length === 1 && /[-+*/@] $/.test(text.slice(0, start))) {
    const inside = `${indent}    ${args[0]}`;
    return inside.length <= LINE_WIDTH ? [`${indent}${text.slice(0, start + 1)}`, inside, indent + text.slice(end)] : [indent + text];
  }
  if ((!isCall && args.length < 2) || args.length === 0 || args.some(isComprehension)) return inParentheses(indent, text);
  const inner = `${indent}    `;
  return [`${indent}${text.slice(0, start + 1)}`, ...args.flatMap((arg) => withComma(breakLine(inner, arg))), indent + text.slice(end)];
}

/** The right side of an assignment of several parts, on a line of its own. */
function inParentheses(indent: string, text: string): readonly string[] {
  const [, left, right] = /^([\w., [\]]+ = |return )(.+)$/.exec(text) ?? [];
  const inner = `${indent}    ${right}`;
  if (left === undefined || right === undefined || inner.length > LINE_WIDTH || !OPERATOR.test(right)) return [indent + text];
  return [`${indent}${left}(`, inner, `${indent})`];
}

/** `x = (a + b) / c` with the sum in the parentheses term by term. */
function breakSum(indent: string, text: string): readonly string[] {
  const [head] = /^(?:[\w., ]+ = |return )\(/.exec(text) ?? [];
  const close =
    head === undefined ? -1 : text.split('').findIndex((character, i) => character === ')' && openingOf(text, i) === head.length - 1);
  if (head === undefined || close < 0) return [indent + text];
  const inner = `${indent}    `;
  const cuts: number[] = [];
  let depth = 0;
  const body = text.slice(head.length, close);
  scan(body, (character, i) => {
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (depth === 0 && /^ [-+] /.test(body.slice(i, i + 3))) cuts.push(i);
  });
  const isShort = inner.length + body.length <= LINE_WIDTH;
  const terms = isShort ? [body] : [0, ...cuts].map((cut, i) => body.slice(cut, cuts[i]).trim());
  return [indent + head, ...terms.map((term) => inner + term), indent + text.slice(close)];
}

const OPERATOR = / (?:[-+*/@<>=!]|if|and|or) ?/;

function isComprehension(text: string): boolean {
  let isFound = false;
  let depth = 0;
  scan(text, (character, i) => {
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (depth === 0 && text.startsWith(' for ', i)) isFound = true;
  });
  return isFound;
}

function withComma(lines: readonly string[]): readonly string[] {
  return [...lines.slice(0, -1), `${lines.at(-1)!},`];
}

/** Where the bracket was opened that closes at `end`. Brackets inside texts do not occur in what we write but in quotes, which are skipped. */
function openingOf(text: string, end: number): number {
  const open: number[] = [];
  let found = -1;
  scan(text, (character, i) => {
    if ('([{'.includes(character)) open.push(i);
    else if (')]}'.includes(character)) {
      const start = open.pop() ?? -1;
      if (i === end) found = start;
    }
  });
  return found;
}

/** The parts between commas outside brackets and quotes. */
function splitArguments(text: string): readonly string[] {
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

/** Visits every character that is not inside quotes. */
function scan(text: string, visit: (character: string, index: number) => void): void {
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (isQuoted && character === '\\') i++;
    else if (character === "'") isQuoted = !isQuoted;
    else if (!isQuoted) visit(character, i);
  }
}
