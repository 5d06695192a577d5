/** @file What loads the weights of a model of PyTorch: its own code reads them under Flax's names. */
import type { ModelProgram } from '../../program/model-program.ts';
import { writeLoader } from '../python/loader.ts';
import type { EmittedFile } from '../target.ts';
import { writePyTorch } from './pytorch.ts';

export function pytorchLoader(program: ModelProgram, module: string): EmittedFile {
  const hasWeights = writePyTorch(program).includes('def load_flax_weights(');
  return writeLoader({
    module,
    file: `${module}.safetensors`,
    imports: ['import numpy as np', 'import torch'],
    own: `from ${module} import ${hasWeights ? 'load_flax_weights, ' : ''}model`,
    type: 'torch.nn.Module',
    load: [...(hasWeights ? ['load_flax_weights(model, str(path))'] : []), 'return model.eval()'],
    run: [
      'with torch.no_grad():',
      '    out = model(*[torch.from_numpy(each) for each in inputs])',
      'return [each.numpy() for each in (out if isinstance(out, tuple) else [out])]',
    ],
  });
}
