/** @file What goes through a node that is bypassed: for each output the input that agrees with it. */
import { mayBypass } from '../document/edits/bypass.ts';
import type { NodeId } from '../document/schema.ts';
import { formatShape, sameShape, type Rejection, type TensorSpec } from '../spec/index.ts';
import type { Instance, MaybeSpec, MaybeSpecs } from './instance.ts';

export interface Passing {
  /** By output port the input port whose value goes on. */
  readonly passes: Readonly<Record<string, string>>;
}

export interface Refusal {
  readonly refusal: Rejection;
}

/**
 * The inputs that stand for the outputs: of the same name before others, then in their order, with the same shape and type. Undefined where
 * shapes are not known yet; a rejection where an output has no such input.
 */
export function passesOf(inputs: MaybeSpecs, outputs: MaybeSpecs): Passing | Refusal | undefined {
  const passes: Record<string, string> = {};
  for (const [port, spec] of Object.entries(outputs)) {
    if (!spec) return undefined;
    const found = inputLike(inputs, port, spec);
    if (found === undefined) return Object.values(inputs).includes(undefined) ? undefined : { refusal: refusal(inputs, port, spec) };
    passes[port] = found;
  }
  return Object.keys(passes).length === 0 ? undefined : { passes };
}

/** The input that agrees with an output: the one of its name before others. */
export function inputLike(inputs: MaybeSpecs, port: string, output: TensorSpec): string | undefined {
  const agreeing = Object.keys(inputs).filter((name) => agrees(inputs[name], output));
  return agreeing.includes(port) ? port : agreeing[0];
}

function agrees(input: MaybeSpec, output: TensorSpec): boolean {
  return input !== undefined && input.dtype === output.dtype && sameShape(input.shape, output.shape);
}

function refusal(inputs: MaybeSpecs, port: string, output: TensorSpec): Rejection {
  const came = Object.entries(inputs).map(([name, spec]) => `${name} ${spec ? textOf(spec) : 'not known yet'}`);
  return {
    code: 'bypass/shape',
    expected: `an input that agrees with the output ${port}, ${textOf(output)}, to pass it on`,
    got: came.length === 0 ? 'no input' : came.join(', '),
    fix: 'Let the node compute, or take it out with Delete and Reconnect.',
  };
}

function textOf({ shape, dtype }: TensorSpec): string {
  return `${formatShape(shape)} ${dtype}`;
}

/** Why a node cannot be bypassed, as far as its shapes are known; undefined where it can. */
export function whyNotBypass(instance: Instance, id: NodeId): Rejection | undefined {
  const node = instance.class.nodes[id];
  if (node && !mayBypass(node))
    return { code: 'bypass/none', expected: 'a node that something goes through', got: node.kind, fix: 'Select a layer or an op.' };
  const result = instance.nodes.get(id);
  const found = result && passesOf(result.inputs, result.outputs);
  return found && 'refusal' in found ? found.refusal : undefined;
}
