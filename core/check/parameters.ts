/** @file How many parameters a layer of these arguments has, before any is drawn: its Module is made, whose numbers wait until they are read. */
import { withoutNumbers } from '../layers/shared/initialize.ts';
import { dispose } from '../nnx/dispose.ts';
import { Rngs } from '../nnx/rngs.ts';
import { variablesBelow } from '../nnx/grad-arguments.ts';
import { Param } from '../nnx/variable.ts';
import type { Args, ArgsOf, LayerDescriptor, ParamSpecs } from '../spec/index.ts';

export interface ParameterCount {
  /** Elements of all Params. */
  readonly total: number;
  /** Elements of the largest Variable. */
  readonly largest: number;
}

const known = new Map<string, ParameterCount>();
const MOST_KNOWN = 4096;
const NONE: ParameterCount = { total: 0, largest: 0 };

/** Remembered by type and arguments. What cannot be made has none: why not is a problem elsewhere. */
export function countParameters(descriptor: LayerDescriptor, args: Args): ParameterCount {
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
