/** @file Every target that a model can be taken away to. Written by `npm run registry` from the folders beside it; never edited by hand. */
import { flaxTarget } from './flax/target.ts';
import { kerasTarget } from './keras/target.ts';
import { onnxTarget } from './onnx/target.ts';
import { pytorchTarget } from './pytorch/target.ts';
import { typescriptTarget } from './typescript/target.ts';
import type { Target } from './target.ts';

export type TargetName = 'flax' | 'keras' | 'onnx' | 'pytorch' | 'typescript';

export const TARGETS: Readonly<Record<TargetName, Target>> = {
  flax: flaxTarget,
  keras: kerasTarget,
  onnx: onnxTarget,
  pytorch: pytorchTarget,
  typescript: typescriptTarget,
};
