/** @file Runs a compiled graph: the forward pass of a class of the document. */
import { collectingOf } from '../check/list-use.ts';
import { evaluateArgs } from '../check/scope.ts';
import type { Scope } from '../check/instance.ts';
import type { ExpressionValue } from '../document/expression.ts';
import { messageOf } from '../document/problem.ts';
import type { Path, Probe } from '../document/schema.ts';
import { contextsOf } from '../nnx/capture-context.ts';
import type { List } from '../nnx/list.ts';
import type { CallableModule, Module } from '../nnx/module.ts';
import { Stopped } from '../spec/run-error.ts';
import { validateArgs } from '../spec/args.ts';
import { RejectionError, type Args, type ArgsOf, type ParamSpecs, type TensorsByPort } from '../spec/index.ts';
import { tf } from '../tensor/tf.ts';
import { BuildError } from './build-error.ts';
import { type Observation, SeenEnough } from './observe.ts';
import type { CallStep, OpStep, Program, Slot, Step } from '../program/compile-graph.ts';
import { variableTypeOf } from './variable-type.ts';

/** The program of one Module, with its path from the root. */
export interface PlacedProgram {
  readonly program: Program;
  readonly path: Path;
}

type AnyCallable = Module & CallableModule<tf.Tensor[], tf.Tensor | readonly tf.Tensor[]>;

/**
 * The outputs for inputs in the order of the class: a tensor if there is one output, else an array. Everything between is freed,
 * except what a gradient needs. Probes act only while a capture runs: Flax would otherwise leave their values on the Module.
 */
export function runProgram(
  module: Module,
  placed: PlacedProgram,
  inputs: readonly tf.Tensor[],
  observation: Observation,
): tf.Tensor | readonly tf.Tensor[] {
  const { program, path } = placed;
  if (inputs.length !== program.inputs.length) {
    const names = program.inputs.map(({ name }) => name).join(', ');
    throw new BuildError(`${program.modelClass.name} takes ${program.inputs.length} inputs (${names}), got ${inputs.length}.`, {
      code: 'run/inputs',
      hint: `Pass ${names}.`,
      path,
    });
  }
  const watching = observation.enter(placed);
  const isCaptured = contextsOf(module).length > 0;
  return tf.tidy(() => {
    const values: tf.Tensor[] = [];
    for (const step of program.steps) {
      const run = (): tf.Tensor | TensorsByPort => attempt(module, placed, step, inputs, values);
      const made = watching ? observation.step({ instance: path, node: step.node.id }, run) : run();
      for (const { port, index, probes } of step.outputs) {
        let value = step.outputs.length === 1 && made instanceof tf.Tensor ? made : (made as TensorsByPort)[port]!;
        if (watching) {
          const place = { instance: path, node: step.node.id, port, call: watching.call, module: modulePath(path, step) };
          value = watching.observe(place, value);
        }
        if (isCaptured) for (const probe of probes) value = applyProbe(module, probe, value);
        values[index] = value;
      }
    }
    const outputs = program.outputs.map(({ index }) => values[index]!);
    return outputs.length === 1 ? outputs[0]! : outputs;
  });
}

/** Of the Module whose output this is. */
function modulePath(path: Path, step: Step): Path | null {
  if (step.kind !== 'call' || step.node.method !== undefined || step.node.variable !== undefined) return null;
  if (step.descriptor?.isVariable) return null;
  return [...path, step.attribute, ...(step.node.item === undefined ? [] : [step.node.item])];
}

function applyProbe(module: Module, probe: Probe, value: tf.Tensor): tf.Tensor {
  const type = variableTypeOf(probe.variableType);
  if (probe.kind === 'perturb') return module.perturb(probe.name, value, type);
  module.sow(type, probe.name, value);
  return value;
}

/** Runs one step; an error gets the place where it happened, unless it happened further inside. */
function attempt(
  module: Module,
  { program, path }: PlacedProgram,
  step: Step,
  inputs: readonly tf.Tensor[],
  values: readonly tf.Tensor[],
): tf.Tensor | TensorsByPort {
  try {
    return runStep(module, program, step, inputs, values);
  } catch (error) {
    if (error instanceof BuildError || error instanceof Stopped || error instanceof SeenEnough) throw error;
    const subject = step.kind === 'call' ? step.attribute : step.kind === 'op' ? step.node.op : step.kind;
    const rejection = error instanceof RejectionError ? error.rejection : undefined;
    const hint = rejection?.fix ?? 'Look at the values that come in, and at the arguments of the node.';
    const options = { code: rejection?.code ?? 'run/node', hint, path, node: step.node.id, cause: error };
    throw new BuildError(`${subject} in ${program.modelClass.name}: ${messageOf(error)}`, options);
  }
}

function runStep(
  module: Module,
  program: Program,
  step: Step,
  inputs: readonly tf.Tensor[],
  values: readonly tf.Tensor[],
): tf.Tensor | TensorsByPort {
  switch (step.kind) {
    case 'input':
      return inputs[step.position]!;
    case 'constant':
      return tf.tensor(step.node.value as number[], undefined, step.node.dtype);
    case 'op':
      return step.descriptor.apply(inputsOf(step, values), opArgs(module, program, step) as ArgsOf<ParamSpecs>);
    case 'call': {
      const member = (module as unknown as Record<string, Module>)[step.attribute]!;
      const given = inputsOf(step, values);
      const { item } = step.node;
      if (item !== undefined) return callMember(step, (member as List<AnyCallable>).get(item), given);
      if (step.list === null) return callMember(step, member as AnyCallable, given);
      return callItems(step, member as List<AnyCallable>, given, step.list);
    }
  }
}

/** The items of a list one after the other, or all with the same inputs and their outputs together. */
function callItems(step: CallStep, items: List<AnyCallable>, given: TensorsByPort, list: NonNullable<CallStep['list']>): tf.Tensor {
  const [{ port: input }] = step.inputs as readonly Slot[] as readonly [Slot];
  const [{ port: output }] = step.outputs as readonly Slot[] as readonly [Slot];
  const outputs: tf.Tensor[] = [];
  let carried = given[input]!;
  for (const item of items) {
    const result = callMember(step, item, list === 'chain' ? { ...given, [input]: carried } : given);
    carried = result instanceof tf.Tensor ? result : result[output]!;
    outputs.push(carried);
  }
  if (list === 'chain') return carried;
  const { descriptor, args } = collectingOf(list, outputs.length);
  return descriptor.apply(Object.fromEntries(outputs.map((each, i) => [`x${i}`, each])), args as never) as tf.Tensor;
}

function inputsOf(step: Step, values: readonly tf.Tensor[]): TensorsByPort {
  return Object.fromEntries(step.inputs.map(({ port, index }) => [port, values[index]!]));
}

type Readable = Readonly<Record<string, { readonly value: tf.Tensor }>>;
type Method = (...inputs: tf.Tensor[]) => tf.Tensor | readonly tf.Tensor[];

function callMember(step: CallStep, member: AnyCallable, inputs: TensorsByPort): tf.Tensor | TensorsByPort {
  const { descriptor, args } = step;
  const { method = 'call', variable } = step.node;
  // A copy, as whoever gets the outputs disposes them; its gradient is that of the Variable.
  if (variable !== undefined) return tf.clone((member as unknown as Readable)[variable]!.value);
  if (descriptor?.isVariable) return tf.clone((member as unknown as Readable[string]).value);
  if (descriptor?.call) return descriptor.call(member, inputs, args as ArgsOf<ParamSpecs>);
  const result = (member as unknown as Readonly<Record<string, Method>>)[method]!.apply(member, Object.values(inputs));
  if (result instanceof tf.Tensor) return result;
  return Object.fromEntries(step.outputs.map(({ port }, i) => [port, result[i]!]));
}

/** Arguments of an op: those that were checked, unless a field has been set to another value since. */
function opArgs(module: Module, program: Program, step: OpStep): Args {
  const { args } = step;
  if (!step.usesFields) return args;
  const attributes = module as unknown as Record<string, ExpressionValue['value']>;
  if (program.fields.every(({ name }) => attributes[name] === program.scope[name]?.value)) return args;
  const scope: Scope = Object.fromEntries(program.fields.map(({ name, type }) => [name, { type, value: attributes[name]! }]));
  const given = evaluateArgs(step.node.args, step.descriptor.params, scope, program.fields);
  const validated = validateArgs(step.descriptor.params, given.args);
  const [problem] = [...given.problems, ...validated.problems];
  if (problem) throw new RejectionError(problem);
  return validated.args;
}
