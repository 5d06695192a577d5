/** @file What several nodes have in common. */
import type { Argument, Arguments } from '../../../core/document/index.ts';
import type { ParamSpecs } from '../../../core/spec/index.ts';

/** Parameters that all have under one name and of one kind, as the first describes them. */
export function commonParams(all: readonly ParamSpecs[]): ParamSpecs {
  const [first, ...others] = all;
  if (!first) return {};
  return Object.fromEntries(Object.entries(first).filter(([name, spec]) => others.every((params) => params[name]?.kind === spec.kind)));
}

/** Values that all agree on, and the names of those on which they do not. */
export function valuesOf(
  names: readonly string[],
  all: readonly Arguments[],
): { readonly args: Arguments; readonly mixed: readonly string[] } {
  const args: Record<string, Argument> = {};
  const mixed: string[] = [];
  for (const name of names) {
    const [first, ...others] = all.map((each) => JSON.stringify(each[name]));
    const value = all[0]?.[name];
    if (others.some((each) => each !== first)) mixed.push(name);
    else if (value !== undefined) args[name] = value;
  }
  return { args, mixed };
}
