/** @file What Flax's own four cells share: their options as attributes, the start of the carry, and Linears for input and state. */
import { reportDeprecated } from '../../nnx/diagnostics.ts';
import type { Rngs, RngStream } from '../../nnx/rngs.ts';
import type { Initializer } from '../../random/initializers.ts';
import type { InitializerValue } from '../../spec/params.ts';
import { Linear } from '../linear.ts';
import { toActivation } from './activation.ts';
import type { Activation, LayerArgs } from './options.ts';
import { keptCarryStream, RecurrentCell, type Carry, type simpleCellParams } from './recurrent-cell.ts';

/** The checked options that all four have. */
export type StandardCellArgs = Omit<LayerArgs<typeof simpleCellParams>, 'residual' | 'dtype'> & { readonly dtype: string | null };

export abstract class StandardCell<C extends Carry> extends RecurrentCell<C> {
  readonly inFeatures: number;
  readonly hiddenFeatures: number;
  readonly activationFn: Activation;
  readonly dtype: string | null;
  readonly paramDtype: string;
  readonly rngs: RngStream | null;
  readonly carryInit: InitializerValue | Initializer | null;

  constructor(args: StandardCellArgs, rngs: Rngs) {
    super();
    this.inFeatures = args.inFeatures;
    this.hiddenFeatures = args.hiddenFeatures;
    this.activationFn = toActivation(args.activationFn);
    this.dtype = args.dtype;
    this.paramDtype = args.paramDtype;
    if (args.carryInit !== null) reportDeprecated('carryInit is deprecated here: pass it to initializeCarry instead.', 'carryInit');
    this.carryInit = args.carryInit;
    this.rngs = keptCarryStream(args.keepRngs, rngs);
  }
}

/** A Linear from the input to `gates` states side by side. Input and state are summed, so that one bias is enough for both. */
export function fromInput(args: StandardCellArgs, rngs: Rngs, gates: number, useBias: boolean): Linear {
  const { inFeatures, hiddenFeatures, kernelInit, biasInit, dtype, paramDtype } = args;
  return new Linear({ inFeatures, outFeatures: gates * hiddenFeatures, useBias, kernelInit, biasInit, dtype, paramDtype, rngs });
}

/** A Linear from the state to `gates` states side by side. */
export function fromState(args: StandardCellArgs, rngs: Rngs, gates: number, useBias: boolean): Linear {
  const { hiddenFeatures, recurrentKernelInit: kernelInit, biasInit, dtype, paramDtype } = args;
  const outFeatures = gates * hiddenFeatures;
  return new Linear({ inFeatures: hiddenFeatures, outFeatures, useBias, kernelInit, biasInit, dtype, paramDtype, rngs });
}
