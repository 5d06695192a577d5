/** @file The Params that a layer of these arguments owns, by the names of its attributes, before any number is drawn. */
import { withoutNumbers } from '../layers/shared/initialize.ts';
import { dispose } from '../nnx/dispose.ts';
import { Rngs } from '../nnx/rngs.ts';
import { Param } from '../nnx/variable.ts';
import type { Args, ArgsOf, LayerDescriptor, ParamSpecs, TensorSpec } from '../spec/index.ts';

const known = new Map<string, Readonly<Record<string, TensorSpec>>>();
const MOST_KNOWN = 1024;

/** `{ kernel: (inFeatures, outFeatures), bias: (outFeatures,) }`; none where the layer cannot be made. Remembered by type and arguments. */
export function ownParams(descriptor: LayerDescriptor, args: Args): Readonly<Record<string, TensorSpec>> {
  const key = `${descriptor.type} ${JSON.stringify(args)}`;
  let params = known.get(key);
  if (!params) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, (params = measure(descriptor, args)));
  }
  return params;
}

function measure(descriptor: LayerDescriptor, args: Args): Readonly<Record<string, TensorSpec>> {
  try {
    const module = withoutNumbers(() => descriptor.make(args as ArgsOf<ParamSpecs>, { rngs: new Rngs(0) }));
    const params = Object.entries(module).flatMap(([name, value]: readonly [string, unknown]) =>
      value instanceof Param ? [[name, { shape: value.pending?.shape ?? value.shape, dtype: 'float32' }] as const] : [],
    );
    dispose(module);
    return Object.fromEntries(params);
  } catch {
    return {};
  }
}
