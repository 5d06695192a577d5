/** @file From a case of plan.json to a live Module, its inputs and its call. Twin of building.py. */
import { setAuto } from '../../fixtures/apply-weights.ts';
import { formulaTensor } from '../../fixtures/formula.ts';
import type { PlannedArgument, PlannedCall, PlannedCase, PlannedModule } from '../../fixtures/plan.ts';
import { iterGraph } from '../../nnx/iterate.ts';
import { Module } from '../../nnx/module.ts';
import { toCamelCase } from '../../nnx/names.ts';
import type { Path } from '../../nnx/path.ts';
import { Rngs } from '../../nnx/rngs.ts';
import { Variable } from '../../nnx/variable.ts';
import { key } from '../../random/key.ts';
import type { tf } from '../../tensor/tf.ts';
import { CLASSES, FUNCTIONS } from './classes.ts';
import type { FlatVariables } from './compare.ts';
import { MODELS } from './models.ts';

export type Inputs = Readonly<Record<string, tf.Tensor>>;

/** An argument of the plan as a value of ours; tensors are tracked by the surrounding tidy. */
export function argument(planned: PlannedArgument, inputs: Inputs = {}): unknown {
  if (Array.isArray(planned)) return (planned as readonly PlannedArgument[]).map((part) => argument(part, inputs));
  if (typeof planned === 'string' && planned.startsWith('$')) return inputs[planned.slice(1)];
  if (typeof planned !== 'object' || planned === null) return planned;
  if ('mod' in planned) return buildModule(planned.mod);
  if ('t' in planned) return formulaTensor(planned.t);
  if ('rngs' in planned) return new Rngs(planned.rngs);
  if ('key' in planned) return key(planned.key);
  if ('fn' in planned || 'type' in planned) {
    const name = 'fn' in planned ? planned.fn : planned.type;
    const found = FUNCTIONS[toCamelCase(name)];
    if (!found) throw new Error(`core/test/golden/classes.ts does not list '${name}', which plan.json names. Add it.`);
    return found;
  }
  return Object.fromEntries(Object.entries(planned).map(([key, part]) => [key, argument(part as PlannedArgument, inputs)]));
}

/** A Module of the plan, with fresh Rngs(0) where Flax's constructor asks for them. */
export function buildModule({ cls, args, kw }: PlannedModule): Module {
  const found = CLASSES[cls];
  if (!found) throw new Error(`core/test/golden/classes.ts does not list the class '${cls}', which plan.json names. Add it.`);
  const values = args.map((value) => argument(value));
  const positional = found.positional.slice(0, values.length).map((name, i) => [name, values[i]]);
  const named = Object.entries(kw).map(([name, value]) => [toCamelCase(name), argument(value)]);
  return found.make({ ...(found.needsRngs ? { rngs: new Rngs(0) } : {}), ...Object.fromEntries([...positional, ...named]) }, values);
}

/** All Variables below a Module with their paths. */
export function variablesOf(module: unknown): FlatVariables {
  const found: [Path, Variable<unknown>][] = [];
  for (const [path, value] of iterGraph(module)) if (value instanceof Variable) found.push([path, value]);
  return found;
}

/** A reference model of the plan. */
function buildModel({ model, args = [] }: PlannedCase): Module {
  const type = MODELS[model!];
  if (!type) throw new Error(`core/test/golden/models.ts does not list '${model}', which plan.json names. Add it.`);
  return new type(...(args as never[]));
}

/** The case's Module with its weights set. */
export function prepare(planned: PlannedCase): Module {
  const module = planned.model === undefined ? buildModule(planned.build!) : buildModel(planned);
  if (planned.set === 'auto') setAuto(module);
  return module;
}

export function prepareInputs(planned: PlannedCase): Record<string, tf.Tensor> {
  return Object.fromEntries(Object.entries(planned.inputs ?? {}).map(([name, spec]) => [name, formulaTensor(spec)]));
}

/** Calls a Module or a function as the plan says: positional arguments, then Flax's keywords as one options object. */
export function callPlanned(
  target: Module | ((...args: never[]) => unknown),
  { method = '__call__', args = [], kw = {} }: PlannedCall,
  inputs: Inputs,
): unknown {
  const positional = args.map((value) => argument(value, inputs));
  const options = Object.fromEntries(Object.entries(kw).map(([name, value]) => [toCamelCase(name), argument(value, inputs)]));
  const all = Object.keys(options).length > 0 ? [...positional, options] : positional;
  const run =
    target instanceof Module
      ? (target as unknown as Record<string, (...args: unknown[]) => unknown>)[toCamelCase(method)]!.bind(target)
      : target;
  return (run as (...args: unknown[]) => unknown)(...all);
}

/** The names of the float inputs that a call uses, sorted. */
export function floatInputs(call: PlannedCall, inputs: Inputs): string[] {
  const names = [...JSON.stringify(call).matchAll(/"\$(\w+)"/g)].map(([, name]) => name!);
  return [...new Set(names)].filter((name) => inputs[name]!.dtype === 'float32').sort();
}
