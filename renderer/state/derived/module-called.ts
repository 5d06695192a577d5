/** @file Which Module a node calls, as the document says it. */
import { findClass, type ModelDocument, type NodeId, type Path } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import { findClassAt } from './find-instance.ts';

/** The path of the Module that a node of the graph of an instance calls, of a list that of the list; null where it calls none. */
export function moduleCalledBy(document: ModelDocument, instance: Path, id: NodeId): Path | null {
  const at = findClassAt(document, instance);
  const modelClass = at && findClass(document, at.class);
  const node = modelClass?.nodes[id];
  const member = modelClass && node?.kind === 'call' ? graphOf(modelClass).behind(node.member) : undefined;
  return member ? [...instance, member.name] : null;
}
