/** @file The module tree in the order in which Modules are called, instead of that of their names. */
import { classIdOf, findClass, orderNodes, type ClassId, type ModelClass, type ModelDocument } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import type { TreeNode } from './tree.ts';

interface Ordered {
  /** By the name of a member: when it is called first. */
  readonly rank: ReadonlyMap<string, number>;
  readonly used: ReadonlyMap<string, ClassId | undefined>;
}

function orderOf(modelClass: ModelClass): Ordered {
  const graph = graphOf(modelClass);
  const rank = new Map<string, number>();
  for (const node of orderNodes(modelClass).nodes) {
    const member = node.kind === 'call' ? graph.behind(node.member) : undefined;
    if (member && !rank.has(member.name)) rank.set(member.name, rank.size);
  }
  return { rank, used: new Map(modelClass.members.map(({ name, type }) => [name, classIdOf(type)])) };
}

/** The same Modules; members that no graph calls stand behind the others. What lies inside of layers stays as it is. */
export function inFlowOrder(document: ModelDocument, root: TreeNode): TreeNode {
  const orders = new Map<ClassId, Ordered>();
  const visit = (node: TreeNode, classId: ClassId | undefined): TreeNode => {
    const modelClass = classId === undefined ? undefined : findClass(document, classId);
    if (classId === undefined || !modelClass || node.children.length === 0) return node;
    // The items of a list are in their own order, and of the class that the list is of.
    if (node.children.every(({ path }) => typeof path.at(-1) === 'number'))
      return { ...node, children: node.children.map((child) => visit(child, classId)) };
    let order = orders.get(classId);
    if (!order) orders.set(classId, (order = orderOf(modelClass)));
    const { rank, used } = order;
    const rankOf = ({ path }: TreeNode): number => rank.get(String(path.at(-1))) ?? Infinity;
    const children = node.children
      .map((child) => visit(child, used.get(String(child.path.at(-1)))))
      .toSorted((a, b) => (rankOf(a) === rankOf(b) ? 0 : rankOf(a) - rankOf(b)));
    return { ...node, children };
  };
  return visit(root, document.root.class);
}
