/** @file The module tree as rows of a list: nested by path, root first, folded where the user folded. */
import type { Path } from '../../../core/document/index.ts';
import type { ModuleInfo } from '../../../core/run/index.ts';
import { pathKey } from '../../state/paths.ts';

export interface TreeNode {
  readonly key: string;
  readonly path: Path;
  /** The last part of the path; the root has none. */
  readonly name: string;
  /** Null: a part of a path that is no Module itself, such as a plain list. */
  readonly module: ModuleInfo | null;
  readonly children: readonly TreeNode[];
}

export interface TreeRow {
  readonly node: TreeNode;
  /** From 1, as `aria-level` counts. */
  readonly level: number;
  readonly isOpen: boolean;
  readonly position: number;
  readonly siblings: number;
}

/** More repeats than this start folded. */
const FOLD_ABOVE = 4;

/** Nests what `iterModules` yielded (children first, the root last), in the order of attributes. */
export function nestModules(modules: readonly ModuleInfo[]): TreeNode | undefined {
  interface Draft {
    readonly path: Path;
    module: ModuleInfo | null;
    readonly children: Map<string, Draft>;
  }
  const root: Draft = { path: [], module: null, children: new Map() };
  for (const module of modules) {
    let place = root;
    for (const [depth, part] of module.path.entries()) {
      const key = pathKey([part]);
      let child = place.children.get(key);
      if (!child) {
        child = { path: module.path.slice(0, depth + 1), module: null, children: new Map() };
        place.children.set(key, child);
      }
      place = child;
    }
    place.module = module;
  }
  const finish = ({ path, module, children }: Draft): TreeNode => ({
    key: pathKey(path),
    path,
    name: nameOf(path),
    module,
    children: [...children.values()].map(finish),
  });
  return modules.length === 0 ? undefined : finish(root);
}

function nameOf(path: Path): string {
  const last = path.at(-1);
  return last === undefined ? '' : typeof last === 'number' ? `[${last}]` : last;
}

/** Whether a node is open before the user has said anything: long lists of repeats are not. */
export function isOpenAtFirst(node: TreeNode): boolean {
  return node.children.length <= FOLD_ABOVE || node.children.some((child) => typeof child.path.at(-1) !== 'number');
}

/** The visible rows, the root first. `toggled` holds the keys of nodes that stand other than at first. `isOpenElse`: what they stand like else. */
export function visibleRows(root: TreeNode, toggled: ReadonlySet<string>, isOpenElse = isOpenAtFirst): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (node: TreeNode, level: number, position: number, siblings: number): void => {
    const isOpen = isOpenElse(node) !== toggled.has(node.key);
    rows.push({ node, level, isOpen, position, siblings });
    if (isOpen) node.children.forEach((child, index) => visit(child, level + 1, index + 1, node.children.length));
  };
  visit(root, 1, 1, 1);
  return rows;
}

/** `toggled` with all opened that a path lies in; the same set where nothing is folded around it. */
export function unfoldedTo(root: TreeNode, toggled: ReadonlySet<string>, path: Path): ReadonlySet<string> {
  let next: Set<string> | undefined;
  let node: TreeNode | undefined = root;
  for (const part of path) {
    if (isOpenAtFirst(node) === toggled.has(node.key)) {
      next ??= new Set(toggled);
      if (!next.delete(node.key)) next.add(node.key);
    }
    node = node.children.find((child) => child.path.at(-1) === part);
    if (!node) break;
  }
  return next ?? toggled;
}
