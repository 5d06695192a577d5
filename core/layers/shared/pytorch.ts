/** @file What the entries of layers for PyTorch share: where tensors are found in Flax, and what PyTorch lacks. */
import type { TorchContext, TorchDefinition, TorchPlace, TorchWeights } from '../../spec/emit-pytorch.ts';
import type { Dim } from '../../spec/index.ts';
import type { Pairs } from './windows.ts';

export const LINEAR_WEIGHTS: TorchWeights = { of: 'nn.Linear', tensors: { weight: { flax: 'kernel', axes: [1, 0] } } };

/** Of `nn.Conv2d`: kernels end with the features that come in and those that go out. */
export function convWeights(axes: number): TorchWeights {
  const space = Array.from({ length: axes }, (_, i) => i);
  return { of: `nn.Conv${axes}d`, tensors: { weight: { flax: 'kernel', axes: [axes + 1, axes, ...space] } } };
}

/** Of a norm, which calls its scale a weight. */
export function normWeights(of: string): TorchWeights {
  return { of, tensors: { weight: { flax: 'scale' } } };
}

/** Of what comes in, as a float. */
export function floatOf(x: string, { spec }: TorchContext, port = 'x'): string {
  return spec(port)?.dtype === 'int32' ? `${x}.float()` : x;
}

/** How many axes come in. */
export function rankInto(place: TorchPlace, port = 'x'): number {
  return place.spec(port)?.shape.length ?? 2;
}

/** PyTorch's layers take one batch axis. */
export const BATCHED: TorchDefinition = {
  name: 'batched',
  source: `def batched(layer, x: torch.Tensor, axes: int) -> torch.Tensor:
    """Calls a layer that takes one batch axis; all but the last \`axes\` are one."""
    return layer(x.flatten(0, -axes - 1)).unflatten(0, x.shape[:-axes])`,
};

/** A layer of PyTorch without its weight or without its bias: it has both or neither, and without one some of them have no gradient. */
export const WITHOUT: TorchDefinition = {
  name: 'without',
  source: `def without(layer: nn.Module, name: str) -> nn.Module:
    """The layer whose weight or bias stays as it is, 1 or 0."""
    getattr(layer, name).requires_grad_(False)
    return layer`,
};

/** `affine` and what is taken away: PyTorch's norms have a scale and a bias, or none. */
export function affine(source: (more: string) => string, { args, define }: TorchContext, word = 'affine', byDefault = true): string {
  const [scale, bias] = [args['useScale'] === true, args['useBias'] === true];
  const isAffine = scale || bias;
  const whole = source(isAffine === byDefault ? '' : `, ${word}=${isAffine ? 'True' : 'False'}`);
  return scale === bias ? whole : `${define(WITHOUT)}(${whole}, '${scale ? 'bias' : 'weight'}')`;
}

export interface TorchWindow {
  /** How far the window reaches along each spatial axis. */
  readonly reach: readonly number[];
  readonly strides: readonly number[];
  readonly padding: string | Pairs;
  /** Of the input, as far as known. */
  readonly lengths: readonly Dim[];
}

/** The places that are added before and behind each axis; undefined where that follows from a length that is not known. */
export function padsOf({ reach, strides, padding, lengths }: TorchWindow): Pairs | undefined {
  if (typeof padding !== 'string') return padding;
  const pairs = reach.map((size, i): readonly [number, number] | undefined => {
    const total = sameTotal(size, strides[i]!, lengths[i]!);
    switch (padding) {
      case 'SAME':
        return total === undefined ? undefined : [Math.floor(total / 2), Math.ceil(total / 2)];
      case 'SAME_LOWER':
        return total === undefined ? undefined : [Math.ceil(total / 2), Math.floor(total / 2)];
      case 'CAUSAL':
        return [size - 1, 0];
      case 'CIRCULAR':
      case 'REFLECT':
        return [Math.floor((size - 1) / 2), Math.floor(size / 2)];
      default:
        return [0, 0];
    }
  });
  return pairs.every((pair) => pair !== undefined) ? pairs : undefined;
}

function sameTotal(reach: number, stride: number, length: Dim): number | undefined {
  if (stride === 1) return reach - 1;
  if (typeof length !== 'number') return undefined;
  return Math.max((Math.ceil(length / stride) - 1) * stride + reach - length, 0);
}

/** What a layer pads itself: as many zeros before as behind. */
export function ownPadding(pads: Pairs | undefined): readonly number[] | undefined {
  return pads?.every(([low, high]) => low === high) ? pads.map(([low]) => low) : undefined;
}

/** `F.pad(x, (0, 1, 0, 1))`: from the last axis on. */
export function padSource(x: string, pads: Pairs, more = ''): string {
  return `F.pad(${x}, (${pads.toReversed().flat().join(', ')})${more})`;
}

/** Padding by name that depends on the length, for strides above 1. */
export const PAD_SAME: TorchDefinition = {
  name: 'pad_same',
  source: `def pad_same(
    x: torch.Tensor, window: tuple[int, ...], strides: tuple[int, ...], value: float = 0.0
) -> torch.Tensor:
    """Pads the last axes so that one of n places gives ceil(n / stride) windows."""
    sides = []
    for length, size, stride in reversed(list(zip(x.shape[-len(window) :], window, strides))):
        total = max((math.ceil(length / stride) - 1) * stride + size - length, 0)
        sides += [total // 2, total - total // 2]
    return F.pad(x, sides, value=value)`,
};

/** Statistics over axes that PyTorch's norms do not take. */
export const AXES_NORM: TorchDefinition = {
  name: 'AxesNorm',
  source: `class AxesNorm(nn.Module):
    """Normalizes over some axes; the scale and the bias run along others."""

    def __init__(
        self,
        features: int,
        dim: tuple[int, ...],
        along: tuple[int, ...],
        eps: float,
        weight: bool = True,
        bias: bool = True,
        centred: bool = True,
    ) -> None:
        super().__init__()
        self.dim, self.along, self.eps, self.centred = dim, along, eps, centred
        self.weight = nn.Parameter(torch.ones(features)) if weight else None
        self.bias = nn.Parameter(torch.zeros(features)) if bias else None

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        along = [axis % x.ndim for axis in self.along]
        shape = [length if axis in along else 1 for axis, length in enumerate(x.shape)]
        if self.centred:
            x = x - x.mean(self.dim, keepdim=True)
        x = x * torch.rsqrt(x.square().mean(self.dim, keepdim=True) + self.eps)
        if self.weight is not None:
            x = x * self.weight.reshape(shape)
        return x if self.bias is None else x + self.bias.reshape(shape)`,
};

/** `AxesNorm(3, (-2, -1), (-1,), 1e-06)`. */
export function axesNorm({ source, args, define }: TorchContext, dim: readonly number[], along: readonly number[], centred = true): string {
  const tuple = (axes: readonly number[]) => `(${axes.join(', ')}${axes.length === 1 ? ',' : ''})`;
  const options = [
    args['useScale'] === false && 'weight=False',
    args['useBias'] === false && centred && 'bias=False',
    !centred && 'bias=False, centred=False',
  ].filter(Boolean);
  const name = define(AXES_NORM);
  return `${name}(${[source('numFeatures'), tuple(dim), tuple(along), source('epsilon'), ...options].join(', ')})`;
}

export const AXES_NORM_WEIGHTS = normWeights('AxesNorm');

/** The axes counted from the end. */
export function fromEnd(axes: unknown, rank: number): readonly number[] {
  return [axes as number | readonly number[]].flat().map((axis) => (axis < 0 ? axis : axis - rank));
}
