/** @file What fits a port: asked for lists of types, and where a new node is wired. Looks at one type or port, never at the graph. */
import { findDescriptor, registry } from '../registry.gen.ts';
import { startArgs, validateArgs } from '../spec/args.ts';
import type { Descriptor, PortSpec, PortSpecs, TensorSpec } from '../spec/index.ts';
import { descriptorPorts } from './ports.ts';

/** Whether a port takes a value as far as it is known: its type of number and how many axes it has. */
export function takes(port: PortSpec, spec: TensorSpec | undefined): boolean {
  if (!spec) return true;
  if (port.dtype !== undefined && port.dtype !== spec.dtype) return false;
  return spec.shape.length >= (port.minRank ?? 0) && spec.shape.length <= (port.maxRank ?? Infinity);
}

/** The names of ports in the order in which a value is wired into them: what a step hands to the next one comes last. */
export function inWiringOrder(ports: PortSpecs): readonly string[] {
  const names = Object.keys(ports);
  const isState = (name: string) => ports[name]!.isState === true;
  return [...names.filter((name) => !isState(name)), ...names.filter(isState)];
}

/** Whether a new node of this type can be fed with such a value: its first port takes it, and nothing that it says refuses it. */
export function typeTakes(type: string, spec: TensorSpec | undefined): boolean {
  const descriptor = findDescriptor(type);
  if (!descriptor) return false;
  const { inputs: ports } = descriptorPorts(descriptor, startArgs(descriptor.params));
  const name = inWiringOrder(ports).find((each) => takes(ports[each]!, spec));
  if (name === undefined) return false;
  const others = Object.entries(ports).filter(([each, port]) => each !== name && !port.optional);
  if (!spec || others.length > 0) return true;
  const inputs = { [name]: spec };
  const { args, problems } = validateArgs(descriptor.params, startArgs(descriptor.params), inputs);
  if (problems.length > 0) return true; // what is missing can be typed
  try {
    descriptor.infer(inputs, args as Parameters<Descriptor['infer']>[1]);
    return true;
  } catch {
    return false;
  }
}

/** What people use most, for the order in which things are offered. */
const LIKELY =
  `Linear relu Conv LayerNorm Dropout BatchNorm gelu add MultiHeadAttention Embed maxPool flatten concatenate RNN softmax sigmoid tanh
  silu GroupNorm RMSNorm multiply matmul reshape transpose globalAveragePool mean slice ConvTranspose upsample avgPool`.split(/\s+/);
const RANKS = new Map(LIKELY.map((type, i) => [type, LIKELY.length - i]));

/** How likely a type is wanted at all: 0 for those that are seldom used. */
export function likelihood(type: string): number {
  return RANKS.get(type) ?? 0;
}

/** Types of the registry that take what leaves a port (`output`), or that can feed one (`input`); the likely first. */
export function typesThatFit(side: 'input' | 'output', spec: TensorSpec | undefined, port: PortSpec = {}): readonly string[] {
  const fits = (type: string): boolean => (side === 'output' ? typeTakes(type, spec) : typeFeeds(type, port));
  return Object.keys(registry)
    .filter(fits)
    .sort((a, b) => likelihood(b) - likelihood(a) || a.localeCompare(b, 'en'));
}

/** Whether the results of a type may go into a port; only what is never so is left out. */
function typeFeeds(type: string, port: PortSpec): boolean {
  const descriptor = findDescriptor(type);
  if (!descriptor) return false;
  const outputs = Object.values(descriptorPorts(descriptor, startArgs(descriptor.params)).outputs);
  return outputs.some((output) => output.dtype === undefined || port.dtype === undefined || output.dtype === port.dtype);
}
