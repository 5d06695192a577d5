/** @file The words of the model that the filter bar completes. */
import type { AttributeValue, QueryWords } from '../../../core/document/index.ts';
import type { ModuleInfo } from '../../../core/run/index.ts';

/** Names in the order of the tree, lengths from the longest: where many are alike, the first few are what one wants. */
export function queryWords(modules: readonly ModuleInfo[], classes: readonly string[]): QueryWords {
  const types = new Set<string>();
  const parts = new Set<string | number>();
  const names = new Set<string>();
  const variables = new Set<string>();
  const lengths = new Set<number>();
  const attributes = new Map<string, Set<AttributeValue>>();
  for (const module of modules) {
    types.add(module.type);
    for (const part of module.path) parts.add(part);
    const name = module.path.findLast((part) => typeof part === 'string');
    if (name !== undefined) names.add(name);
    for (const { type, shape } of module.variables) {
      variables.add(type);
      for (const length of shape) lengths.add(length);
    }
    for (const { name: attribute, value } of module.attributes) {
      const values = attributes.get(attribute);
      if (values) values.add(value);
      else attributes.set(attribute, new Set([value]));
    }
  }
  const sorted = (words: ReadonlySet<string>) => [...words].sort();
  return {
    types: sorted(new Set([...types, ...classes])),
    // Places in lists are known to everyone: names come first.
    parts: [...parts].sort((a, b) => Number(typeof a === 'number') - Number(typeof b === 'number')),
    names: [...names],
    variables: sorted(variables),
    lengths: [...lengths].sort((a, b) => b - a),
    attributes: new Map([...attributes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, values]) => [name, [...values]])),
  };
}
