/** @file Where on the way back a gradient goes out, and why. */
import { findDescriptor } from '../../registry.gen.ts';
import type { Evidence } from '../report.ts';
import type { Seen, SeenPass, SeenWire } from '../seen.ts';
import { BOUNDED } from './bounded.ts';

/** Whole numbers and truth values come out, or steps: the slope is 0 wherever there is one. */
const STEPS = new Set([
  'round',
  'floor',
  'ceil',
  'sign',
  'argmax',
  'argmin',
  'cast',
  'equal',
  'notEqual',
  'greater',
  'greaterEqual',
  'less',
  'lessEqual',
  'all',
  'any',
  'oneHot',
]);
const MASKS = new Set(['multiply', 'where', 'einsum', 'matmul', 'dotProductAttention']);

export interface Why {
  readonly kind:
    | 'dead'
    | 'saturated'
    | 'zero mask'
    | 'detached or integer'
    | 'zero weights'
    | 'dropped'
    | 'unused result'
    | 'normalised away'
    | 'small slope'
    | 'unknown';
  /** Behind the title of the node: `gives 0 for all …`. */
  readonly text: string;
}

/** Why a node hands on no gradient, or hardly any, from what it gave to what went into it. By position in the pass. */
export function whyAt(seen: Seen, pass: SeenPass, at: number): Why {
  const { places } = seen;
  const wire = pass.wires[at]!;
  const op = places.op(wire);
  const member = places.member(wire);
  const type = op ?? member?.type ?? '';
  if (wire.gradient === null || STEPS.has(type))
    return { kind: 'detached or integer', text: 'gives steps or whole numbers, which have no slope' };
  const isZero = wire.value.zeros === wire.value.count;
  const others = pass.flow.sources(at).map((source) => pass.wires[source]!);
  if (type === 'Dropout' && isZero) return { kind: 'dropped', text: 'drops everything' };
  if (BOUNDED.has(type)) return { kind: 'saturated', text: 'sits at its flat ends' };
  if (findDescriptor(type)?.family === 'activation') return { kind: 'dead', text: 'is 0 for all rows' };
  if (MASKS.has(type) && others.some(({ value }) => value.zeros === value.count))
    return { kind: 'zero mask', text: `is multiplied by ${mask(seen, others)}, which is 0 throughout` };
  if (findDescriptor(type)?.family === 'normalization' || type === 'standardize')
    return { kind: 'normalised away', text: 'takes out what the gradient would change' };
  const weights = pass.variables.filter(({ path, gradient }) => gradient !== null && member && isIn(path, [...wire.instance, member.name]));
  if (weights.some(({ value, shape }) => shape.length >= 2 && value.zeros === value.count))
    return { kind: 'zero weights', text: 'has weights that are all 0' };
  return { kind: 'unknown', text: 'hands none on' };
}

function mask({ places }: Seen, wires: readonly SeenWire[]): string {
  const zero = wires.find(({ value }) => value.zeros === value.count);
  return zero ? places.title(zero) : 'what';
}

export function isIn(path: readonly (string | number)[], module: readonly (string | number)[]): boolean {
  return module.every((part, i) => path[i] === part);
}

export interface ChainLink {
  readonly path: SeenWire['instance'];
  readonly node: string;
  readonly title: string;
  readonly norm: number | null;
}

/** From a value to the loss: at each value on to the user with the largest gradient. */
export function chainFrom(
  { places }: Seen,
  { wires, flow }: SeenPass,
  from: number,
  to: (at: number) => boolean = () => false,
): readonly ChainLink[] {
  const chain: ChainLink[] = [];
  const seen = new Set<number>();
  for (let at: number | undefined = from; at !== undefined && !seen.has(at);) {
    seen.add(at);
    const wire = wires[at]!;
    chain.push({ path: wire.instance, node: wire.node, title: places.title(wire), norm: wire.gradient?.norm ?? null });
    if (to(at)) break;
    const users = flow.users(at).toSorted((a, b) => normAt(wires, b) - normAt(wires, a));
    at = users[0];
  }
  return chain;
}

export function normAt(wires: readonly SeenWire[], at: number): number {
  return wires[at]?.gradient?.norm ?? -1;
}

export function chainEvidence(chain: readonly ChainLink[]): Evidence {
  return { chain: chain.map(({ path, node, norm }) => ({ path: [...path], node, norm })) };
}
