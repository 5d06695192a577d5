/** @file Which lines of code stand for what is selected, and what a line stands for. Lines are counted from 0. */
import type { ClassId, ModelClass, NodeId, Place } from '../../../core/document/index.ts';
import type { CodeMark, CodeMarks } from '../../../core/emit/index.ts';

/** A text with what its lines stand for, which may be a stretch of a longer one. */
export interface MarkedCode {
  readonly text: string;
  readonly marks: CodeMarks;
  /** Where in the whole text it begins. */
  readonly firstLine: number;
}

/** The stretch that one class takes; undefined where the class is not in the code. */
export function cutClass({ text, marks, firstLine }: MarkedCode, id: ClassId): MarkedCode | undefined {
  const start = marks.findIndex((mark) => mark?.class === id);
  if (start < 0) return undefined;
  const length = marks.slice(start).findIndex((mark) => mark?.class !== id);
  const end = length < 0 ? marks.length : start + length;
  const lines = text.split('\n').slice(start, end);
  return { text: `${lines.join('\n')}\n`, marks: marks.slice(start, end), firstLine: firstLine + start };
}

/** The lines where nodes of a class are written, and where the members that they call are made. */
export function linesOfNodes(marks: CodeMarks, modelClass: ModelClass, nodes: readonly NodeId[]): readonly number[] {
  if (nodes.length === 0) return [];
  const wanted = new Set(nodes);
  const members = new Set(nodes.flatMap((id) => memberOf(modelClass, id) ?? []));
  const isLit = (mark: CodeMark | undefined): boolean =>
    mark?.class === modelClass.id &&
    ((mark.nodes?.some((id) => wanted.has(id)) ?? false) || (mark.member !== undefined && members.has(mark.member)));
  return marks.flatMap((mark, line) => (isLit(mark) ? [line] : []));
}

function memberOf(modelClass: ModelClass, id: NodeId): string | undefined {
  const node = modelClass.nodes[id];
  return node?.kind === 'call' ? node.member : undefined;
}

/** What of the document a line shows: a node, a member or a class. */
export function placeOfLine(marks: CodeMarks, line: number): Place | undefined {
  const mark = marks[line];
  if (!mark) return undefined;
  const [node] = mark.nodes ?? [];
  if (node !== undefined) return { class: mark.class, node };
  return mark.member === undefined ? { class: mark.class } : { class: mark.class, member: mark.member };
}
