/**
 * @file What a class is apart from its arguments: ids, names, types and wires. Most edits change an argument, and most of what is asked of a
 * large class does not hang on any: it is then not asked again.
 */
import type { GraphNode, Member, ModelClass } from './schema.ts';

const outlines = new WeakMap<ModelClass['wires'], ModelClass>();

/** The answer of `compute`, remembered for all classes that differ in arguments, docs and layout alone: on these it must not depend. */
export function byOutline<T>(compute: (modelClass: ModelClass) => T): (modelClass: ModelClass) => T {
  const answers = new WeakMap<ModelClass, { readonly answer: T }>();
  return (modelClass) => {
    const outline = outlineOf(modelClass);
    let known = answers.get(outline);
    if (!known) answers.set(outline, (known = { answer: compute(modelClass) }));
    return known.answer;
  };
}

/** The class that stands for all that have its outline. An edit of an argument keeps the record of wires. */
function outlineOf(modelClass: ModelClass): ModelClass {
  const known = outlines.get(modelClass.wires);
  if (known && hasSameOutline(known, modelClass)) return known;
  outlines.set(modelClass.wires, modelClass);
  return modelClass;
}

function hasSameOutline(a: ModelClass, b: ModelClass): boolean {
  return (
    a === b ||
    (a.id === b.id &&
      a.name === b.name &&
      a.fields === b.fields &&
      a.probes === b.probes &&
      a.wires === b.wires &&
      hasSameMembers(a.members, b.members) &&
      hasSameNodes(a.nodes, b.nodes))
  );
}

function hasSameMembers(a: readonly Member[], b: readonly Member[]): boolean {
  return a === b || (a.length === b.length && a.every((member, i) => isLikeMember(member, b[i]!)));
}

function isLikeMember(a: Member, b: Member): boolean {
  return a === b || (a.id === b.id && a.name === b.name && a.type === b.type && a.aliasOf === b.aliasOf);
}

/** In the same order, too: problems are listed in it. */
function hasSameNodes(a: ModelClass['nodes'], b: ModelClass['nodes']): boolean {
  if (a === b) return true;
  const [before, now] = [Object.values(a), Object.values(b)];
  return before.length === now.length && before.every((node, i) => isLikeNode(node, now[i]!));
}

function isLikeNode(a: GraphNode, b: GraphNode): boolean {
  if (a === b) return true;
  if (a.id !== b.id) return false;
  switch (a.kind) {
    case 'input':
    case 'output':
      return b.kind === a.kind && a.name === b.name && a.order === b.order;
    case 'call':
      return b.kind === 'call' && a.member === b.member;
    case 'op':
      return b.kind === 'op' && a.op === b.op;
    case 'constant':
      return b.kind === 'constant';
  }
}
