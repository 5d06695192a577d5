/** @file What a node is called, wherever it is named: the one home of that question. */
import type { GraphNode } from '../document/schema.ts';
import { graphOf, type GraphParts } from './graph-of.ts';

/** The member's attribute with what is used of it (`embed.embedding`, `blocks[0]`), the op's type, the name of an input or output, or `constant`. */
export function nodeName(modelClass: GraphParts, node: GraphNode): string {
  switch (node.kind) {
    case 'call':
      return [
        `${graphOf(modelClass).memberOf(node.member)?.name ?? node.member}${node.item === undefined ? '' : `[${node.item}]`}`,
        node.variable ?? node.method ?? [],
      ]
        .flat()
        .join('.');
    case 'op':
      return node.op;
    case 'constant':
      return 'constant';
    case 'input':
    case 'output':
      return node.name;
  }
}

/** The name with what it is where the name alone would not say it: `input x`. For messages. */
export function nodeTitle(modelClass: GraphParts, node: GraphNode): string {
  const name = nodeName(modelClass, node);
  return node.kind === 'input' || node.kind === 'output' ? `${node.kind} ${name}` : name;
}
