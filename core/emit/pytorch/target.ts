import type { Target } from '../target.ts';
import { refusePyTorch, writePyTorch } from './pytorch.ts';
import { writeTraining } from './train.ts';

export const pytorchTarget: Target = {
  title: 'PyTorch',
  extension: 'py',
  language: 'python',
  emit: writePyTorch,
  refuse: refusePyTorch,
  train: writeTraining,
};
