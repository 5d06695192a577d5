/** @file One use of a class: its members with their arguments, and its forward pass. What a live Module and what code is made from. */
import type { Instance, MemberResult } from '../check/instance.ts';
import { classIdOf } from '../document/find.ts';
import { forwardFields } from '../document/forward-fields.ts';
import type { Argument, Arguments, ClassId, Field, Member, MemberId, ModelClass } from '../document/schema.ts';
import { graphOf, groupBy } from '../graph/graph-of.ts';
import { findDescriptor } from '../registry.gen.ts';
import type { Args, LayerDescriptor } from '../spec/index.ts';
import type { Program } from './compile-graph.ts';
import { withoutPasses } from './without-passes.ts';
import type { DerivedSize } from './derived-sizes.ts';

interface PlanBase {
  readonly id: MemberId;
  readonly attribute: string;
}

export interface MadePlan extends PlanBase {
  readonly member: Member;
  readonly result: MemberResult;
  /** As the document holds them: expressions stay as written. For code also what was inferred and follows from fields, as expressions. */
  readonly given: Arguments;
  /** For code: what was inferred and follows from fields of the root, but cannot be said as an expression of the class's own. */
  readonly frozen: readonly string[];
  /** Evaluated, with defaults and what was inferred; for a class the values of its fields. */
  readonly args: Args;
  /** How many repeats a list has, as written and as a number; null for a single Module. */
  readonly repeat: { readonly written: Argument; readonly count: number } | null;
}

export interface LayerPlan extends MadePlan {
  readonly kind: 'layer';
  readonly descriptor: LayerDescriptor;
}
export interface ClassPlan extends MadePlan {
  readonly kind: 'class';
  readonly of: ClassId;
  /** One for each repeat; equal uses are one object. */
  readonly elements: readonly ClassProgram[];
}
/** A type that is not known, or a class that would contain itself. */
export interface UnknownPlan extends MadePlan {
  readonly kind: 'unknown';
}
/** A second name of another member. */
export interface AliasPlan extends PlanBase {
  readonly kind: 'alias';
  /** The member behind it; undefined where the alias leads nowhere. */
  readonly target: MadeMember | undefined;
}
/** A member that is made, not a second name. */
export type MadeMember = LayerPlan | ClassPlan | UnknownPlan;
export type MemberPlan = MadeMember | AliasPlan;

export interface ClassProgram {
  readonly id: ClassId;
  readonly name: string;
  /** As the document holds it now. */
  readonly class: ModelClass;
  readonly instance: Instance;
  readonly fields: readonly Field[];
  /** Fields that the forward pass needs: they become attributes. */
  readonly stored: readonly Field[];
  /** In the order of construction, aliases last: the member behind one may stand after it. */
  readonly members: readonly MemberPlan[];
  /** As code writes it, compiled when it is asked for: of a graph that is not sound, what can run. */
  readonly forward: Program;
  /** As it runs: the same, with a step for each node that is bypassed, so that what goes through can be looked at. */
  readonly running: Program;
}

export interface ClassParts {
  readonly modelClass: ModelClass;
  readonly instance: Instance;
  readonly programOf: (instance: Instance) => ClassProgram;
  readonly sizes: readonly DerivedSize[];
  readonly compile: (plans: readonly MemberPlan[]) => Program;
}

export function describeClass(parts: ClassParts): ClassProgram {
  const { modelClass, instance, compile } = parts;
  let members: readonly MemberPlan[] | undefined;
  let [forward, running]: (Program | undefined)[] = [];
  const planned = () => (members ??= planMembers(parts));
  return {
    id: modelClass.id,
    name: modelClass.name,
    class: modelClass,
    instance,
    fields: modelClass.fields,
    stored: forwardFields(modelClass),
    get members() {
      return planned();
    },
    get forward() {
      return (forward ??= withoutPasses(this.running));
    },
    get running() {
      return (running ??= compile(planned()));
    },
  };
}

function planMembers({ modelClass, instance, programOf, sizes }: ClassParts): readonly MemberPlan[] {
  const sizesOf = groupBy(
    sizes,
    (size) => size.member,
    (size) => size,
  );
  const made = modelClass.members.flatMap((member): MadeMember[] => {
    const result = member.aliasOf === undefined ? instance.members.get(member.id) : undefined;
    return result ? [planMember(member, result, sizesOf.get(member.id) ?? NONE, programOf)] : [];
  });
  const graph = graphOf(modelClass);
  const byId = new Map(made.map((plan) => [plan.id, plan]));
  const aliases = modelClass.members.flatMap((member): MemberPlan[] => {
    if (member.aliasOf === undefined) return [];
    return [{ kind: 'alias', id: member.id, attribute: member.name, target: byId.get(graph.behind(member.id)?.id ?? '') }];
  });
  return [...made, ...aliases];
}

const NONE: readonly never[] = [];

function expressionsOf(sizes: readonly DerivedSize[]): Arguments {
  return Object.fromEntries(
    sizes.flatMap(({ param, expression }) => (expression === undefined ? [] : [[param, { $: expression }] as const])),
  );
}

function planMember(member: Member, result: MemberResult, sizes: readonly DerivedSize[], programOf: ClassParts['programOf']): MadeMember {
  const given = sizes.length === 0 ? member.args : { ...member.args, ...expressionsOf(sizes) };
  const frozen = sizes.length === 0 ? NONE : sizes.filter(({ expression }) => expression === undefined).map(({ param }) => param);
  const repeat = member.repeat === undefined ? null : { written: member.repeat, count: result.repeat ?? 0 };
  const base = { id: member.id, attribute: member.name, member, result, given, frozen, args: result.args, repeat };
  const of = classIdOf(member.type);
  if (of !== undefined) {
    const isKnown = result.elements.length > 0 || result.isComplete;
    return isKnown ? { ...base, kind: 'class', of, elements: result.elements.map(programOf) } : { ...base, kind: 'unknown' };
  }
  const descriptor = findDescriptor(member.type);
  return descriptor?.kind === 'layer' ? { ...base, kind: 'layer', descriptor } : { ...base, kind: 'unknown' };
}
