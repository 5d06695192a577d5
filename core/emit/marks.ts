/** @file Which lines of emitted code stand for what of the document: data beside the text, which they do not change. */
import type { ClassId, MemberId, NodeId } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import type { Program, Step } from '../program/compile-graph.ts';

/** What a line stands for. */
export interface CodeMark {
  readonly class: ClassId;
  /** The member that is made there. */
  readonly member?: MemberId;
  /** The node that is written there, and then those whose values stand in its line without one of their own. */
  readonly nodes?: readonly NodeId[];
}

/** One for each line, from the first; undefined where a line stands for nothing of the document, such as an import. */
export type CodeMarks = readonly (CodeMark | undefined)[];

/** Takes the marks of a text that was written. */
export type TakeMarks = (marks: CodeMarks) => void;

/** Lines, each with the mark of what they were written for: what the writers of all languages stand on. */
export class MarkedLines {
  private readonly texts: string[] = [];
  private readonly marked: (CodeMark | undefined)[] = [];
  private mark: CodeMark | undefined;

  get length(): number {
    return this.texts.length;
  }

  get marks(): CodeMarks {
    return this.marked;
  }

  push(...lines: readonly string[]): void {
    this.insert(this.texts.length, lines);
  }

  insert(position: number, lines: readonly string[]): void {
    this.texts.splice(position, 0, ...lines);
    this.marked.splice(position, 0, ...lines.map(() => this.mark));
  }

  /** What is written meanwhile stands for `mark`. */
  during(mark: CodeMark, write: () => void): void {
    const outer = this.mark;
    this.mark = mark;
    write();
    this.mark = outer;
  }

  toString(): string {
    return this.texts.map((line) => `${line}\n`).join('');
  }
}

/** The marks of a text that begins with marked lines, behind which lines follow that stand for nothing. */
export function marksUpTo(code: string, marks: CodeMarks): CodeMarks {
  const count = code.split('\n').length - 1;
  return [...marks, ...Array.from({ length: count - marks.length }, () => undefined)];
}

/** The mark of each step of a forward pass; `inline` has the slots of values that are written where they are used. */
export function markSteps(program: Program, inline: { has(index: number): boolean }): (step: Step) => CodeMark {
  const written = new Map<number, NodeId>();
  for (const step of program.steps) for (const { index } of step.outputs) if (inline.has(index)) written.set(index, step.node.id);
  const { id, nodes } = program.modelClass;
  // A step that a target puts in between is of no node.
  const isDrawn = (node: NodeId) => Object.hasOwn(nodes, node);
  return ({ node, inputs }) => ({
    class: id,
    nodes: [node.id, ...inputs.flatMap(({ index }) => written.get(index) ?? [])].filter(isDrawn),
  });
}

/** The mark of the head of a forward pass: its inputs. */
export function markInputs({ modelClass, inputs }: Program): CodeMark {
  return { class: modelClass.id, nodes: inputs.map(({ id }) => id) };
}

/** The mark of what a forward pass gives back: its outputs. */
export function markOutputs({ modelClass }: Program): CodeMark {
  return { class: modelClass.id, nodes: graphOf(modelClass).outputs.map(({ id }) => id) };
}
