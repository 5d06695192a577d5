/** @file Lines of TypeScript with indentation. */
import { MarkedLines, type CodeMark, type CodeMarks } from '../marks.ts';
import { commentText } from '../text.ts';
import { layout } from './layout.ts';

export class TypeScriptWriter {
  private readonly lines = new MarkedLines();
  private depth = 0;

  /** One statement, or nothing for an empty line. */
  line(text = ''): void {
    if (text === '') this.lines.push('');
    else this.lines.push(...layout('  '.repeat(this.depth), text));
  }

  /** `head`, what is written one step further in, and the end. */
  block(head: string, write: () => void, end = '}'): void {
    this.line(head);
    this.further(write);
    this.line(end);
  }

  /** Several lines one step further in. */
  further(write: () => void): void {
    this.depth++;
    write();
    this.depth--;
  }

  comment(text: string): void {
    this.lines.push(`${'  '.repeat(this.depth)}// ${commentText(text)}`.trimEnd());
  }

  /** The comment that stands for what cannot be written. */
  leftOut(name: string, reason: string): void {
    this.comment(`left out: ${reason.startsWith(`${name}: `) ? '' : `${name}: `}${reason}`);
  }

  /** A comment that describes what follows; it can neither end early nor hide a line. */
  doc(lines: readonly string[]): void {
    const [first, ...more] = lines.map((line) => line.replaceAll('*/', '* /'));
    if (first === undefined) return;
    const indent = '  '.repeat(this.depth);
    if (more.length === 0) this.lines.push(`${indent}/** ${first} */`);
    else this.lines.push(`${indent}/**`, ...[first, ...more].map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`);
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
