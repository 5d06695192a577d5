/** @file Which types might have written a piece of code, by what stands at its head: `call:nnx.relu`, `method:reshape`, `binary:+`. */
import { registry, VARIABLES } from '../../registry.gen.ts';
import { fillDefaults } from '../../spec/args.ts';
import { inputPorts, type ArgsOf, type LayerDescriptor, type OpDescriptor, type ParamSpecs } from '../../spec/index.ts';
import type { Expr } from '../python/syntax.ts';
import { headPatterns, type Subject } from './invert.ts';
import { dottedName } from './values.ts';

const MODULES = new Set(['nnx', 'jnp', 'jax', 'optax', 'math']);

/** What stands at the head of an expression. */
export function headOf(expression: Expr): string {
  switch (expression.kind) {
    case 'call': {
      const name = dottedName(expression.of);
      if (name !== undefined && (!name.includes('.') || MODULES.has(name.slice(0, name.indexOf('.'))))) return `call:${name}`;
      return expression.of.kind === 'attribute' ? `method:${expression.of.name}` : `call:${expression.of.kind}`;
    }
    case 'binary':
    case 'unary':
      return `${expression.kind}:${expression.operator}`;
    default:
      return expression.kind;
  }
}

export const opSubject = (op: OpDescriptor): Subject => ({
  params: op.params,
  emit: (inputs, context) => op.emit.flax(inputs, context),
  ports: (args) => inputPorts(op, args as ArgsOf<ParamSpecs>),
  usesRngs: false,
});

export const layerSubject = (layer: LayerDescriptor): Subject => ({
  params: layer.params,
  emit: (_, context) => layer.emit.flax.construct(context),
  ports: () => ({}),
  usesRngs: layer.usesRngs,
});

/** The ops that may have written code with this head. */
export function opsByHead(head: string): readonly OpDescriptor[] {
  const ops = () => Object.values(registry).filter((each) => each.kind === 'op');
  return (opHeads ??= indexOf(ops(), opSubject)).get(head) ?? [];
}
export function layersByHead(head: string): readonly LayerDescriptor[] {
  const layers = () => [...Object.values(registry).filter((each) => each.kind === 'layer'), ...Object.values(VARIABLES)];
  return (layerHeads ??= indexOf(layers(), layerSubject)).get(head) ?? [];
}
/** All heads of functions and constructors, to find what was meant. */
export function knownCalls(): readonly string[] {
  opsByHead('');
  layersByHead('');
  return [...opHeads!.keys(), ...layerHeads!.keys()].filter((head) => head.startsWith('call:')).map((head) => head.slice(5));
}

let opHeads: ReadonlyMap<string, readonly OpDescriptor[]> | undefined;
let layerHeads: ReadonlyMap<string, readonly LayerDescriptor[]> | undefined;

function indexOf<D extends LayerDescriptor | OpDescriptor>(
  descriptors: readonly D[],
  subjectOf: (descriptor: D) => Subject,
): ReadonlyMap<string, readonly D[]> {
  const byHead = new Map<string, D[]>();
  for (const descriptor of descriptors) {
    const heads = new Set<string>();
    for (const { args } of [{ args: {} }, ...descriptor.examples]) {
      const complete = fillDefaults(descriptor.params, args ?? {});
      for (const pattern of headPatterns(subjectOf(descriptor), complete)) heads.add(headOf(pattern));
    }
    for (const head of heads) byHead.set(head, [...(byHead.get(head) ?? []), descriptor]);
  }
  return byHead;
}
