/**
 * @file The version that a document is written as: the oldest that can say all that it says. So an older program opens what it understands, and
 * refuses the rest instead of computing something else; and files that use nothing new stay as they are, byte by byte.
 */
import { VERSION, type ModelDocument } from './schema.ts';

export function writtenVersion({ classes, run }: Pick<ModelDocument, 'classes' | 'run'>): number {
  if (run.trained !== undefined) return VERSION;
  for (const { nodes } of Object.values(classes))
    for (const node of Object.values(nodes))
      if (node.kind === 'call' && (node.method !== undefined || node.variable !== undefined)) return VERSION;
  return 2;
}
