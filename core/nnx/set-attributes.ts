/** @file Setting attributes by name wherever they exist: what setAttributes, train, eval and withAttributes share. */
import { listText, ValueError } from './errors.ts';
import { Everything, type Filter, toFilter } from './filter.ts';
import { isGraphMode } from './graph-mode.ts';
import { assignAttribute, hasAttribute, isModuleNode, type Pytree } from './pytree.ts';
import { Walk } from './walk.ts';

/** Attributes by name. */
export type AttributeValues = Readonly<Record<string, unknown>>;

/** Assigns the attributes that a Module has; takes the names off `missing`. */
export function assignFound(module: Pytree, entries: readonly [string, unknown][], missing: Set<string>): void {
  for (const [name, value] of entries) {
    if (!hasAttribute(module, name)) continue;
    missing.delete(name);
    assignAttribute(module, name, value);
  }
}

/** Assigns attributes to every selected Module that has them; returns the names that none has. */
export function assignWhereFound(root: Pytree, attributes: AttributeValues, only: Filter, graph: boolean | undefined): Set<string> {
  const entries = Object.entries(attributes);
  const missing = new Set(Object.keys(attributes));
  const filter = toFilter(only);
  const takesAll = filter instanceof Everything;
  const walk = new Walk(root, { graph: isGraphMode(graph), visit: 'modules', functionName: 'iterGraph' });
  while (walk.step()) {
    const { node } = walk;
    if (isModuleNode(node) && (takesAll || filter.test(walk.path, node))) assignFound(node, entries, missing);
  }
  return missing;
}

/** @throws ValueError naming the attributes that were found nowhere. */
export function refuseMissing(missing: ReadonlySet<string>): void {
  if (missing.size > 0)
    throw new ValueError(
      `Could not find at least one instance of the following attributes: ${listText(missing)}. ` +
        'Check the names, or the filter, or pass raiseIfNotFound: false.',
    );
}
