/** @file Finding Modules in the tree by a few letters: what matches stays, with all that it lies in. */
import { scoreText } from '../../commands/search.ts';
import { formatPath } from '../../state/paths.ts';
import type { TreeNode } from './tree.ts';

/** A path, where what is typed looks like one. */
const PATH_SIGNS = /[./[\]]/;

export interface Searched {
  readonly root: TreeNode;
  /** The keys of what matches itself. */
  readonly matches: ReadonlySet<string>;
}

/** By name and type or, with a dot, a slash or a bracket, by path; undefined where nothing matches. */
export function searchTree(root: TreeNode, text: string): Searched | undefined {
  const query = text.trim().replaceAll('/', '.');
  const matches = new Set<string>();
  const isMatch = ({ name, path, module }: TreeNode): boolean =>
    PATH_SIGNS.test(query)
      ? formatPath(path).toLowerCase().includes(query.toLowerCase())
      : scoreText(query, `${name} ${module?.type ?? ''}`) > 0;
  const visit = (node: TreeNode): TreeNode | undefined => {
    const children = node.children.flatMap((child) => visit(child) ?? []);
    const isFound = isMatch(node);
    if (isFound) matches.add(node.key);
    if (!isFound && children.length === 0) return undefined;
    return children.length === node.children.length && children.every((child, i) => child === node.children[i])
      ? node
      : { ...node, children };
  };
  const found = visit(root);
  return found && { root: found, matches };
}
