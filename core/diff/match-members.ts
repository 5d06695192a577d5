/** @file Which things of one document are which of another, by name first, and what was renamed by what it is. */
import { pythonName } from '../emit/python/names.ts';
import type { Member, ModelClass } from '../document/schema.ts';

/** Pairs items of equal keys, in order, by each of the keys in turn: the surest first. */
export function pairBy<T>(
  before: readonly T[],
  after: readonly T[],
  keys: readonly ((item: T) => string | undefined)[],
): ReadonlyMap<T, T> {
  const pairs = new Map<T, T>();
  const used = new Set<T>();
  for (const keyOf of keys) {
    const open = new Map<string, T[]>();
    for (const item of before) {
      const key = used.has(item) ? undefined : keyOf(item);
      if (key !== undefined) open.set(key, [...(open.get(key) ?? []), item]);
    }
    for (const item of after) {
      const key = pairs.has(item) ? undefined : keyOf(item);
      const found = key === undefined ? undefined : open.get(key)?.shift();
      if (found === undefined) continue;
      pairs.set(item, found);
      used.add(found);
    }
  }
  return pairs;
}

/** A name as code has it; what is no name stands for itself. */
export function codeName(name: string): string {
  try {
    return pythonName(name);
  } catch {
    return name;
  }
}

/** What each member of `after` was in `before`. Types are told by `typeOf`, since ids of classes differ. */
export function matchMembers(
  before: ModelClass,
  after: ModelClass,
  typeOf: (member: Member, of: ModelClass) => string,
): ReadonlyMap<Member, Member> {
  const side = new Map([
    ...before.members.map((member) => [member, before] as const),
    ...after.members.map((member) => [member, after] as const),
  ]);
  const type = (member: Member) => `${member.aliasOf === undefined ? 'made' : 'alias'} ${typeOf(member, side.get(member)!)}`;
  return pairBy(before.members, after.members, [
    // A name that now stands for another type is another member.
    (member) => `${codeName(member.name)} ${type(member)}`,
    (member) => `${type(member)} ${JSON.stringify([member.args, member.repeat])}`,
    type,
  ]);
}

/** What each class was: by its name, else by the names of its members and inputs. */
export function matchClasses(before: readonly ModelClass[], after: readonly ModelClass[]): ReadonlyMap<ModelClass, ModelClass> {
  return pairBy(before, after, [
    ({ name }) => name,
    (each) => JSON.stringify([each.members.map(({ name }) => codeName(name)).sort(), inputNames(each)]),
    (each) =>
      each.members.length === 0
        ? undefined
        : each.members
            .map(({ name }) => codeName(name))
            .sort()
            .join(' '),
  ]);
}

function inputNames({ nodes }: ModelClass): readonly string[] {
  return Object.values(nodes).flatMap((node) => (node.kind === 'input' ? [codeName(node.name)] : []));
}
