/** @file What can be set on the Modules that a filter matches, and reading a value as the user typed it. */
import type { AttributeValue } from '../../../core/document/index.ts';
import type { ModuleInfo } from '../../../core/run/index.ts';

/** Attributes of the matches with their different present values; modes first, then by name. */
export function attributesOfMatches(modules: readonly ModuleInfo[]): ReadonlyMap<string, readonly AttributeValue[]> {
  const values = new Map<string, Set<AttributeValue>>();
  const modes = new Set<string>();
  for (const module of modules) {
    for (const { name, value, mode } of module.attributes) {
      if (mode) modes.add(name);
      values.set(name, (values.get(name) ?? new Set()).add(value));
    }
  }
  const names = [...values.keys()].sort((a, b) => Number(modes.has(b)) - Number(modes.has(a)) || (a < b ? -1 : 1));
  return new Map(names.map((name) => [name, [...values.get(name)!]]));
}

export type ReadValue = { readonly ok: true; readonly value: AttributeValue } | { readonly ok: false; readonly message: string };

/** Reads text as the kind of value that the attribute has now: a number stays a number. `none` is null. */
export function readAttributeValue(text: string, present: readonly AttributeValue[]): ReadValue {
  const trimmed = text.trim();
  if (trimmed === 'none' || trimmed === 'null') return { ok: true, value: null };
  if (present.some((value) => typeof value === 'boolean')) {
    if (trimmed === 'true' || trimmed === 'false') return { ok: true, value: trimmed === 'true' };
    return { ok: false, message: `Expected true or false, got ${trimmed || 'nothing'}.` };
  }
  if (present.some((value) => typeof value === 'number')) {
    const number = Number(trimmed);
    if (trimmed !== '' && Number.isFinite(number)) return { ok: true, value: number };
    return { ok: false, message: `Expected a number, got ${trimmed || 'nothing'}.` };
  }
  return { ok: true, value: trimmed };
}
