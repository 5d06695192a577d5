/** @file The two lenses over one model: which Modules stand behind nodes, and which nodes call a Module. */
import type { ModelDocument, NodeId, Path } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import type { OpenStep } from '../session/store.ts';
import { findMemberAt } from './find-instance.ts';
import { findOpenClass } from './open-class.ts';

/** The path of what each node calls, in the order of the nodes; nodes that call nothing are left out. A list of Modules has one, too. */
export function pathsOfNodes(document: ModelDocument, open: readonly OpenStep[], nodes: readonly NodeId[]): readonly Path[] {
  const modelClass = findOpenClass(document, open);
  if (!modelClass) return [];
  const graph = graphOf(modelClass);
  const instance = open.at(-1)?.instance ?? [];
  return nodes.flatMap((id) => {
    const node = Object.hasOwn(modelClass.nodes, id) ? modelClass.nodes[id] : undefined;
    const member = node?.kind === 'call' ? graph.behind(node.member) : undefined;
    return member ? [[...instance, member.name]] : [];
  });
}

export interface Calls {
  /** The way to the graph in which the Module is called. */
  readonly open: readonly OpenStep[];
  readonly nodes: readonly NodeId[];
}

/** The nodes that call what lives at a path: a member, or a list as a whole. Undefined where none stands for it alone. */
export function callsAt(document: ModelDocument, path: Path): Calls | undefined {
  if (typeof path.at(-1) === 'number') return undefined;
  const found = findMemberAt(document, path);
  const modelClass = found && document.classes[found.class];
  const nodes = modelClass
    ? graphOf(modelClass)
        .callsOf(found.member)
        .map(({ id }) => id)
    : [];
  return found && nodes.length > 0 ? { open: found.open, nodes } : undefined;
}
