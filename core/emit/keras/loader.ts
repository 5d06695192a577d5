/** @file What loads the weights of a model of Keras: its own code reads them under Flax's names. */
import type { ModelProgram } from '../../program/model-program.ts';
import { writeLoader } from '../python/loader.ts';
import type { EmittedFile } from '../target.ts';
import { writeKeras } from './keras.ts';

export function kerasLoader(program: ModelProgram, module: string): EmittedFile {
  const hasWeights = writeKeras(program).includes('def load_weights(');
  return writeLoader({
    module,
    file: `${module}.safetensors`,
    imports: ['import keras', 'import numpy as np'],
    own: `from ${module} import ${hasWeights ? 'load_weights, ' : ''}model`,
    type: 'keras.Model',
    load: [...(hasWeights ? ['load_weights(str(path))'] : []), 'return model'],
    run: ['out = model(*inputs)', 'return [keras.ops.convert_to_numpy(each) for each in (out if isinstance(out, tuple) else [out])]'],
  });
}
