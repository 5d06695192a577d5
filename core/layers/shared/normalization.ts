/** @file What the layers that normalize have in common: a learned scale and bias, and how a variance is taken. */
import { Module } from '../../nnx/module.ts';
import type { Param } from '../../nnx/variable.ts';
import type { ParamSpecs } from '../../spec/params.ts';
import { draw, toParam } from './initialize.ts';
import type { LayerArgs, WithRngs } from './options.ts';
import { dtypeParams, epsilonParam, normParams, numFeatures } from './params.ts';

const learnedParams = { ...normParams, ...dtypeParams };

/** The parameters of a layer that normalizes, its own after the number of features: in this order they stand in the form. */
export function normalizationParams<P extends ParamSpecs>(epsilon: number, own: P) {
  return { numFeatures, ...own, epsilon: epsilonParam(epsilon), ...learnedParams };
}

type NormalizationArgs = LayerArgs<typeof learnedParams> & { readonly numFeatures: number; readonly epsilon: number };

/** A layer that normalizes. Variables (numFeatures,): scale and bias, or null. */
export abstract class Normalization extends Module {
  readonly scale: Param | null;
  readonly bias: Param | null;
  readonly numFeatures: number;
  epsilon: number;
  readonly useBias: boolean;
  readonly useScale: boolean;
  readonly useFastVariance: boolean;
  readonly dtype: string | null;
  readonly paramDtype: string;

  /** Draws a key for the scale, then one for the bias. */
  constructor(args: NormalizationArgs, { rngs }: WithRngs) {
    super();
    const scale = args.useScale ? draw(rngs, args.scaleInit, [args.numFeatures]) : null;
    const bias = args.useBias ? draw(rngs, args.biasInit, [args.numFeatures]) : null;
    this.scale = scale && toParam(scale);
    this.bias = bias && toParam(bias);
    this.numFeatures = args.numFeatures;
    this.epsilon = args.epsilon;
    this.useBias = args.useBias;
    this.useScale = args.useScale;
    this.useFastVariance = args.useFastVariance;
    this.dtype = args.dtype;
    this.paramDtype = args.paramDtype;
  }
}
