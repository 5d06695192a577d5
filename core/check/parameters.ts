/** @file How many parameters a layer of these arguments has, before any is drawn: its Module is made, whose numbers wait until they are read. */
import { classIdOf } from '../document/find.ts';
import { withoutNumbers } from '../layers/shared/initialize.ts';
import { dispose } from '../nnx/dispose.ts';
import { Rngs } from '../nnx/rngs.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import { Param } from '../nnx/variable.ts';
import { findDescriptor } from '../registry.gen.ts';
import type { Args, ArgsOf, LayerDescriptor, ParamSpecs } from '../spec/index.ts';
import type { MemberResult } from './instance.ts';

export interface ParameterCount {
  /** Elements of all Params. */
  readonly total: number;
  /** Elements of the largest Variable. */
  readonly largest: number;
}

const known = new Map<string, ParameterCount>();
const MOST_KNOWN = 4096;
const NONE: ParameterCount = { total: 0, largest: 0 };

const knownOfMember = new WeakMap<MemberResult, ParameterCount>();

/** What one Module of a member has; none where it is no layer or cannot be made: why not is a problem elsewhere. */
export function countParameters(member: MemberResult): ParameterCount {
  let count = knownOfMember.get(member);
  if (!count) {
    const descriptor = member.isComplete && classIdOf(member.type) === undefined ? findDescriptor(member.type) : undefined;
    count = descriptor?.kind === 'layer' ? countOfType(descriptor, member.args) : NONE;
    knownOfMember.set(member, count);
  }
  return count;
}

/** Remembered by type and arguments: large models are made of few different layers. */
function countOfType(descriptor: LayerDescriptor, args: Args): ParameterCount {
  const key = `${descriptor.type} ${JSON.stringify(args)}`;
  let count = known.get(key);
  if (!count) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, (count = measure(descriptor, args)));
  }
  return count;
}

function measure(descriptor: LayerDescriptor, args: Args): ParameterCount {
  try {
    const module = withoutNumbers(() => descriptor.make(args as ArgsOf<ParamSpecs>, { rngs: new Rngs(0) }));
    const sizes = variablesBelow(module).flatMap(({ variable }) => {
      const { pending } = variable;
      const shape = pending?.shape ?? (variable instanceof Param ? (variable as Param).shape : []);
      return [{ size: shape.reduce((product, length) => product * length, 1), isParam: variable instanceof Param }];
    });
    dispose(module);
    return {
      total: sizes.reduce((sum, { size, isParam }) => sum + (isParam ? size : 0), 0),
      largest: sizes.reduce((most, { size }) => Math.max(most, size), 0),
    };
  } catch {
    return NONE;
  }
}
