/** @file Another name in place of one that cannot be: as near to it as code allows, and free. */
import { nameFault, uniqueName, type NameUse } from '../names.ts';

const STARTS: Readonly<Record<NameUse, string>> = {
  class: 'Block',
  member: 'module',
  field: 'width',
  input: 'x',
  output: 'y',
  probe: 'value',
  type: 'Intermediate',
  view: 'view',
  attribute: 'value',
};

/** `my net` gives `myNet`, `class` gives `class1`; undefined where nothing near is free. */
export function goodName(name: string, use: NameUse, taken: Iterable<string>): string | undefined {
  const letters = name
    .slice(0, 80)
    .replace(/[^A-Za-z0-9_]+([A-Za-z0-9])?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, 48);
  const used = new Set(taken);
  for (const word of [letters, `${letters}1`, STARTS[use]]) {
    if (nameFault(word, use) !== undefined) continue;
    const free = uniqueName(word, used);
    if (nameFault(free, use) === undefined) return free;
  }
  return undefined;
}
