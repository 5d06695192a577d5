/** @file Values and places of a document in the words of a sentence. */
import { isExpression } from '../document/arguments.ts';
import type { Argument, GraphNode, ModelClass, PortRef } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { nodeTitle } from '../graph/node-name.ts';

const MAX_VALUE = 60;

/** An argument as a person writes it: `[3, 3]`, `4 * width`, `none`. */
export function valueWords(value: Argument | undefined): string {
  if (value === undefined) return 'its default';
  const text = plain(value);
  return text.length <= MAX_VALUE ? text : `${text.slice(0, MAX_VALUE - 1)}…`;
}

function plain(value: Argument): string {
  if (value === null) return 'none';
  if (isExpression(value)) return value.$;
  if (Array.isArray(value)) return `[${value.map((item: Argument) => plain(item)).join(', ')}]`;
  if (typeof value === 'object') return JSON.stringify(value);
  return typeof value === 'string' ? `“${value}”` : String(value);
}

/** A node with what stands beside it where there are several of its name: `relu`, `relu behind linear2`. */
export function nodeWords(modelClass: ModelClass, node: GraphNode): string {
  const title = nodeTitle(modelClass, node);
  const alike = Object.values(modelClass.nodes).filter((other) => other.kind === node.kind && nodeTitle(modelClass, other) === title);
  if (alike.length < 2) return title;
  const graph = graphOf(modelClass);
  const [wire] = graph.incoming(node.id);
  const source = wire && graph.node(wire.from.node);
  return source ? `${title} behind ${nodeTitle(modelClass, source)}` : title;
}

/** A port, with its name where the node has several on this side. */
export function portWords(modelClass: ModelClass, { node, port }: PortRef, side: 'incoming' | 'outgoing'): string {
  const graph = graphOf(modelClass);
  const found = graph.node(node);
  if (!found) return node;
  const ports = new Set(graph[side](node).map((wire) => (side === 'incoming' ? wire.to.port : wire.from.port)));
  return ports.size > 1 ? `${nodeWords(modelClass, found)}, ${port}` : nodeWords(modelClass, found);
}
