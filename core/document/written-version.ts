/**
 * @file The version that a document is written as: the oldest that can say all that it says. So an older program opens what it understands, and
 * refuses the rest instead of computing something else; and files that use nothing new stay as they are, byte by byte.
 */
import type { GraphNode, ModelDocument } from './schema.ts';

export function writtenVersion({ classes, run }: Pick<ModelDocument, 'classes' | 'run'>): number {
  let version = run.trained === undefined ? 2 : 3;
  for (const { nodes } of Object.values(classes)) for (const node of Object.values(nodes)) version = Math.max(version, versionOf(node));
  return version;
}

/** The first version that can say what a node does. */
function versionOf(node: GraphNode): number {
  if ((node.kind === 'call' || node.kind === 'op') && node.bypass === true) return 4;
  if (node.kind !== 'call') return 2;
  if ((node.collect ?? node.item) !== undefined) return 4;
  return node.method !== undefined || node.variable !== undefined ? 3 : 2;
}
