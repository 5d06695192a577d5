/** @file The generators behind iterModules and iterChildren, which module.ts types and exports. */
import { ValueError } from './errors.ts';
import { isGraphMode } from './graph-mode.ts';
import type { Path, PathPart } from './path.ts';
import { attributesOf, attributeStatus, isContainer, isModuleNode, isPytree, type Pytree } from './pytree.ts';
import { typeNameOf } from './type-name.ts';
import { Variable } from './variable.ts';
import { containerChildren, refuseUnwalkable, Walk } from './walk.ts';

/** All Modules below a root, with paths of their own. */
export function* modulesBelow(root: unknown, graph: boolean | undefined): Generator<[Path, Pytree]> {
  const walk = new Walk(root, { graph: isGraphMode(graph), visit: 'modules', functionName: 'iterGraph' });
  while (walk.step()) if (isModuleNode(walk.node)) yield [walk.path.slice(), walk.node];
}

/** Everything below a root, Variables and plain values included; in tree mode, only data. Port of nnx.iter_graph. */
export function* iterGraph(root: unknown, { graph }: { readonly graph?: boolean } = {}): Generator<[Path, unknown]> {
  const walk = new Walk(root, { graph: isGraphMode(graph), visit: 'all', functionName: 'iterGraph' });
  while (walk.step()) yield [walk.path.slice(), walk.node];
}

/** The Pytrees and Variables directly below a node. */
export function* childrenOf(node: unknown, graph: boolean | undefined): Generator<[PathPart, Pytree | Variable<unknown>]> {
  const isGraph = isGraphMode(graph);
  if (!isPytree(node) && !isContainer(node))
    throw new ValueError(
      isGraph
        ? `Expected a graph node, got ${typeNameOf(node)}. If this is a regular pytree, use graph=False.`
        : `Expected a pytree node, got ${typeNameOf(node)}. If this is a graph node, use graph=True.`,
    );
  if (!isGraph) refuseUnwalkable(node, [], 'iterChildren');
  const { keys, values } = isPytree(node) ? attributesOf(node) : containerChildren(node);
  for (const [i, key] of keys.entries()) {
    const value = values[i];
    if (isPytree(node)) attributeStatus(node, key, value); // refuses Modules in unmarked containers
    if (isPytree(value) || value instanceof Variable) yield [key, value];
  }
}
