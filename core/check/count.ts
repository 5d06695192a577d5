/** @file How much a use of a class will make, Modules and numbers, before any is made. */
import { classIdOf } from '../document/find.ts';
import type { MemberId } from '../document/schema.ts';
import type { Instance, MemberResult } from './instance.ts';
import { VARIABLES } from '../registry.gen.ts';
import { countParameters, type ParameterCount } from './parameters.ts';

export interface Count {
  /** The Module itself, and all below it; lists count, too. */
  readonly modules: number;
  /** Elements of all Params, shared ones once. */
  readonly parameters: number;
}

/** What an instance makes without what is nested in it. */
export interface OwnCount extends Count {
  readonly nested: readonly Instance[];
  /** Layers with a tensor of a million elements and more: the largest of each. */
  readonly large: readonly { readonly member: MemberId; readonly elements: number }[];
}

/** Whether a member of this type is a Variable, and no Module. */
export function isVariableType(type: string): boolean {
  return Object.hasOwn(VARIABLES, type);
}

const LARGE = 2 ** 20;
const own = new WeakMap<Instance, OwnCount>();
const all = new WeakMap<Instance, Count>();

/** Remembered: an instance never changes. */
export function countOwn(instance: Instance): OwnCount {
  const known = own.get(instance);
  if (known) return known;
  let [modules, parameters] = [1, 0];
  const nested: Instance[] = [];
  const large: { member: MemberId; elements: number }[] = [];
  // Layers that are alike are one object.
  const counts = new Map<MemberResult, ParameterCount>();
  for (const [id, member] of instance.members) {
    const { repeat } = member;
    if (repeat !== null) modules++;
    if (classIdOf(member.type) !== undefined) {
      for (const element of member.elements) nested.push(element);
      continue;
    }
    let count = counts.get(member);
    if (!count) counts.set(member, (count = countParameters(member)));
    const { total, largest: elements } = count;
    if (!isVariableType(member.type)) modules += repeat ?? 1;
    parameters += total * (repeat ?? 1);
    if (elements >= LARGE) large.push({ member: id, elements });
  }
  const count = { modules, parameters, nested, large };
  own.set(instance, count);
  return count;
}

/** Equal uses are one object, so a tree of a million Modules is counted as a few. */
export function countAll(instance: Instance): Count {
  const known = all.get(instance);
  if (known) return known;
  let { modules, parameters } = countOwn(instance);
  for (const element of countOwn(instance).nested) {
    const count = countAll(element);
    modules += count.modules;
    parameters += count.parameters;
  }
  const count = { modules, parameters };
  all.set(instance, count);
  return count;
}
