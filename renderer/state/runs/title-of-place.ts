/** @file The name of a place of a run as the user knows it, in the document as it is now. */
import { findClass, type ModelDocument, type NodeId, type Path } from '../../../core/document/index.ts';
import { graphOf, nodeName } from '../../../core/graph/index.ts';
import { formatPath } from '../paths.ts';
import { findClassAt } from '../derived/find-instance.ts';

/** `relu`, `submodule.relu`; the id of a node that is no more. */
export function titleOfPlace(document: ModelDocument, { instance, node: id }: { readonly instance: Path; readonly node: NodeId }): string {
  const found = findClassAt(document, instance);
  const modelClass = found && findClass(document, found.class);
  const node = modelClass && graphOf(modelClass).node(id);
  const name = modelClass && node ? nodeName(modelClass, node) : id;
  return instance.length === 0 ? name : `${formatPath(instance)}.${name}`;
}
