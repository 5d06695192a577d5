import { codeAndWeights } from '../python/loader.ts';
import type { Target } from '../target.ts';
import { pytorchLoader } from './loader.ts';
import { PYTORCH_VERSION, refusePyTorch, writePyTorch } from './pytorch.ts';
import { writeTraining } from './train.ts';

export const pytorchTarget: Target = {
  title: 'PyTorch',
  extension: 'py',
  language: 'python',
  emit: writePyTorch,
  refuse: refusePyTorch,
  files: (program, context) => codeAndWeights(writePyTorch(program), context),
  loader: pytorchLoader,
  requirements: [`torch==${PYTORCH_VERSION}`, 'numpy', 'safetensors'],
  train: writeTraining,
};
