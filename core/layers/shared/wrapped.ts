/**
 * @file The layer inside WeightNorm and SpectralNorm. In code it is any Module; a document, whose arguments are plain values, names
 * one of the two kinds that people normalize and gives its sizes.
 */
import type { Module } from '../../nnx/module.ts';
import type { Rngs } from '../../nnx/rngs.ts';
import { fillDefaults } from '../../spec/args.ts';
import { elements, type CallCost, type KnownShapes } from '../../spec/cost.ts';
import type { SpecsByPort } from '../../spec/define.ts';
import type { EmitContext, TypeScriptLayer } from '../../spec/emit.ts';
import { setTo } from '../../spec/mend.ts';
import { p, type ArgsOf, type ParamSpecs } from '../../spec/params.ts';
import { reject } from '../../spec/reject.ts';
import { Conv, convLayer } from '../conv.ts';
import { Linear, linearLayer } from '../linear.ts';
import { inFeatures, outFeatures, useBias } from './params.ts';
import { windowParams } from './windows.ts';
import { kerasGap, type KerasLayer } from '../../spec/emit-keras.ts';

export const wrappedParams = {
  layer: p.choice({ default: 'Linear', choices: ['Linear', 'Conv'], doc: 'The kind of layer inside.' }),
  inFeatures,
  outFeatures,
  useBias,
  kernelSize: p.ints.nullable({ min: 1, start: [3, 3], unit: 'pixels', doc: 'For Conv: the size of the window.' }),
  strides: windowParams.strides,
  padding: windowParams.padding,
};

type WrappedArgs = ArgsOf<typeof wrappedParams>;

export function makeWrapped({ layer, inFeatures, outFeatures, useBias, kernelSize, strides, padding }: WrappedArgs, rngs: Rngs): Module {
  const common = { inFeatures, outFeatures, useBias, rngs };
  return layer === 'Conv' ? new Conv({ ...common, kernelSize: kernelSize!, strides, padding }) : new Linear(common);
}

export function inferWrapped(inputs: SpecsByPort, { layer, ...given }: WrappedArgs): SpecsByPort {
  if (layer === 'Conv' && given.kernelSize === null) {
    reject({
      code: 'param/missing',
      param: 'kernelSize',
      expected: 'a kernelSize for Conv',
      got: 'none',
      fix: 'Set kernelSize, such as [3, 3].',
      mends: [setTo('kernelSize', [3, 3])],
    });
  }
  const inner = layer === 'Conv' ? convLayer : linearLayer;
  const { inFeatures, outFeatures, useBias, kernelSize, strides, padding } = given;
  const args = fillDefaults(inner.params, { inFeatures, outFeatures, useBias, kernelSize, strides, padding });
  return inner.infer(inputs, args as ArgsOf<ParamSpecs>);
}

/** That of the layer inside; the norm of its kernel is little beside it. */
export function wrappedCost({ outputs }: KnownShapes, { layer, inFeatures, kernelSize }: WrappedArgs): CallCost {
  const window = layer === 'Conv' ? elements(kernelSize ?? 1) : 1;
  return { multiplyAdds: elements(outputs['y']!) * window * inFeatures };
}

/** `nnx.WeightNorm(nnx.Linear(2, 3, rngs=rngs), epsilon=1e-06, rngs=rngs)`. */
export function emitWrapped(name: string, context: EmitContext): string {
  const isConv = context.args['layer'] === 'Conv';
  const outer = Object.keys(wrappedParams);
  const inner = Object.keys(context.args).filter((param) => !outer.includes(param));
  const drop = ['layer', ...inner, ...(isConv ? [] : ['kernelSize', 'strides', 'padding'])];
  const positional = ['inFeatures', 'outFeatures', ...(isConv ? ['kernelSize'] : [])];
  const layer = `nnx.${isConv ? 'Conv' : 'Linear'}(${context.kwargs({ positional, drop })})`;
  return `${name}(${[layer, context.kwargs({ drop: outer })].filter(Boolean).join(', ')})`;
}

/** `new WeightNorm({ epsilon: 1e-6, layerInstance: new Linear({ inFeatures: 2, outFeatures: 3, rngs }), rngs })`. */
export function typescriptWrapped(name: string): TypeScriptLayer {
  return {
    construct: (context) => {
      const isConv = context.args['layer'] === 'Conv';
      const only = ['inFeatures', 'outFeatures', ...(isConv ? ['kernelSize', 'strides', 'padding'] : []), 'useBias'];
      const layer = `new ${context.use(isConv ? 'Conv' : 'Linear')}(${context.options({ only })})`;
      return `new ${context.use(name)}(${context.options({ drop: Object.keys(wrappedParams), more: [`layerInstance: ${layer}`] })})`;
    },
    // The layer inside may give anything.
    call: (member, { x }, { use }) => `${member}.call(${x}) as ${use('tf')}.Tensor`,
  };
}

/** Flax writes the kernel anew at each call, and its gradient goes through that. */
export const kerasWrapped: KerasLayer = {
  construct: () => kerasGap('A call of Keras cannot write the weights that it trains, as this layer does with its kernel.'),
};
