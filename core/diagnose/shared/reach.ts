/** @file Which values lead to which, and which Params lie before what. */
import type { Path } from '../../document/schema.ts';
import type { Seen, SeenPass, SeenVariable } from '../seen.ts';
import { outputsOf } from './output-wire.ts';

/** All values that were made from these, these included. */
export function downstream({ flow }: Pick<SeenPass, 'flow'>, from: Iterable<number>): ReadonlySet<number> {
  return walk(from, (value) => flow.users(value));
}

/** All values that these were made from, these included. */
export function upstream({ flow }: Pick<SeenPass, 'flow'>, from: Iterable<number>): ReadonlySet<number> {
  return walk(from, (value) => flow.sources(value));
}

function walk(from: Iterable<number>, next: (value: number) => readonly number[]): ReadonlySet<number> {
  const seen = new Set(from);
  const waiting = [...seen];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
    for (const other of next(at))
      if (!seen.has(other)) {
        seen.add(other);
        waiting.push(other);
      }
  return seen;
}

/** The values that a Module gave which holds a Variable, by position; none where it was never called. */
export function valuesOf({ places }: Seen, { wires }: SeenPass, path: Path): readonly number[] {
  const call = longestInstance(path, (instance) => places.instance(instance) !== undefined);
  if (!call) return [];
  const name = path[call.length];
  return wires.flatMap((wire, i) => {
    if (wire.instance.length !== call.length || wire.instance.some((part, at) => part !== call[at])) return [];
    return places.member(wire)?.name === name ? [i] : [];
  });
}

function longestInstance(path: Path, isInstance: (path: Path) => boolean): Path | null {
  for (let length = path.length - 1; length >= 0; length--) if (isInstance(path.slice(0, length))) return path.slice(0, length);
  return null;
}

/** Why a Param gets no gradient at all. */
export type Fate =
  /** Its Module was never called, or what it gives leads to no output. */
  | 'unused'
  /** It leads to outputs alone that the loss does not look at. */
  | 'ignored'
  /** It leads to what the loss looks at, but by an operation that has no gradient. */
  | 'detached'
  /** Its Module is part of the gradient, and does not use it. */
  | 'inside';

export function fateOf(seen: Seen, pass: SeenPass, { path }: SeenVariable): Fate {
  const values = valuesOf(seen, pass, path);
  if (values.length === 0) return 'unused';
  if (values.some((value) => pass.wires[value]!.isReached)) return 'inside';
  const outputs = outputsOf(pass, seen.places).filter(({ wire }) => wire >= 0);
  const reached = downstream(pass, values);
  const leadsTo = outputs.filter(({ wire }) => reached.has(wire));
  if (leadsTo.length === 0) return 'unused';
  const isLookedAt = leadsTo.some(
    ({ wire }) => pass.wires[wire]!.isReached || pass.wires[wire]!.gradient === null || wire === outputs[0]?.wire,
  );
  return isLookedAt ? 'detached' : 'ignored';
}

/** Params by the Module that holds them, in their order. */
export function byModule(variables: readonly SeenVariable[]): ReadonlyMap<string, readonly SeenVariable[]> {
  const modules = new Map<string, SeenVariable[]>();
  for (const variable of variables) {
    const key = JSON.stringify(variable.path.slice(0, -1));
    modules.set(key, [...(modules.get(key) ?? []), variable]);
  }
  return modules;
}
