/** @file What loads the weights of a model of Flax. */
import { writeLoader } from '../python/loader.ts';
import type { EmittedFile } from '../target.ts';

export function flaxLoader(module: string): EmittedFile {
  return writeLoader({
    module,
    file: `${module}.safetensors`,
    imports: ['import jax.numpy as jnp', 'import numpy as np', 'from flax import nnx', 'from safetensors.numpy import load_file'],
    own: `from ${module} import model`,
    type: 'nnx.Module',
    load: [
      'weights = load_file(path)',
      'state = nnx.state(model, nnx.Not(nnx.RngState))',
      'for place, variable in nnx.to_flat_state(state):',
      "    variable.set_value(jnp.asarray(weights['.'.join(map(str, place))]))",
      'nnx.update(model, state)',
      'model.eval()',
      'return model',
    ],
    run: ['out = model(*map(jnp.asarray, inputs))', 'return [np.asarray(each) for each in (out if isinstance(out, tuple) else [out])]'],
  });
}
