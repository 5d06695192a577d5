/** @file Every layer type and op type. Written by `npm run registry` from the names of files; never edited by hand. */
import { addOp } from './ops/add.ts';
import { concatenateOp } from './ops/concatenate.ts';
import { flattenOp } from './ops/flatten.ts';
import { meanOp } from './ops/mean.ts';
import { multiplyOp } from './ops/multiply.ts';
import { reluOp } from './ops/relu.ts';
import { reshapeOp } from './ops/reshape.ts';
import { sigmoidOp } from './ops/sigmoid.ts';
import { softmaxOp } from './ops/softmax.ts';
import { sumOp } from './ops/sum.ts';
import { tanhOp } from './ops/tanh.ts';
import type { Descriptor, LayerDescriptor, OpDescriptor } from './spec/define.ts';

const layers = {
} as const satisfies Readonly<Record<string, LayerDescriptor>>;

const ops = {
  add: addOp,
  concatenate: concatenateOp,
  flatten: flattenOp,
  mean: meanOp,
  multiply: multiplyOp,
  relu: reluOp,
  reshape: reshapeOp,
  sigmoid: sigmoidOp,
  softmax: softmaxOp,
  sum: sumOp,
  tanh: tanhOp,
} as const satisfies Readonly<Record<string, OpDescriptor>>;

/** Descriptors by type, layers first. */
export const registry = { ...layers, ...ops } as const;

export type LayerType = keyof typeof layers;
export type OpType = keyof typeof ops;

/** The descriptor of a type, or undefined where the type is not known. */
export function findDescriptor(type: string): Descriptor | undefined {
  return Object.hasOwn(registry, type) ? registry[type as LayerType | OpType] : undefined;
}
