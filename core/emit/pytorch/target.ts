import type { Target } from '../target.ts';
import { refusePyTorch, writePyTorch } from './pytorch.ts';

export const pytorchTarget: Target = {
  title: 'PyTorch',
  extension: 'py',
  language: 'python',
  emit: writePyTorch,
  refuse: refusePyTorch,
};
