/** @file The graph of a model with its weights, for ONNX Runtime and whatever else reads ONNX. */
import type { Target } from '../target.ts';
import { listOnnx } from './listing.ts';
import { onnxLoader } from './loader.ts';
import { describeOnnx } from './model.ts';
import { writeOnnxModel } from './write.ts';

export const onnxTarget: Target = {
  title: 'ONNX',
  extension: 'onnx',
  language: 'text',
  isBytes: true,
  emit: (program) => listOnnx(describeOnnx(program)),
  refuse: (program) => describeOnnx(program).refused,
  files: (program, { module, weights }) => [{ path: `${module}.onnx`, content: writeOnnxModel(describeOnnx(program), weights) }],
  loader: (_, module) => onnxLoader(module),
  requirements: ['onnxruntime', 'numpy', 'safetensors'],
};
