/** @file Adam with the meaning of epsilon that optax has, which Keras's own does not. */
import { kerasGap, type KerasContext, type KerasDefinition, type KerasRule } from '../../spec/emit-keras.ts';

const definition = (name: 'Adam' | 'AdamW'): KerasDefinition => ({
  name,
  source: `
class ${name}(keras.optimizers.${name}):
    """${name} with epsilon beside the root of the corrected mean, as optax has it."""

    def update_step(self, gradient, variable, learning_rate):
        gradient = ops.cast(gradient, variable.dtype)
        step = ops.cast(self.iterations + 1, variable.dtype)
        mean = self._momentums[self._get_variable_index(variable)]
        square = self._velocities[self._get_variable_index(variable)]
        self.assign(mean, self.beta_1 * mean + (1 - self.beta_1) * gradient)
        self.assign(square, self.beta_2 * square + (1 - self.beta_2) * ops.square(gradient))
        root = ops.sqrt(square / (1 - self.beta_2**step))
        change = mean / (1 - self.beta_1**step) / (root + self.epsilon)
        self.assign_sub(variable, ops.cast(learning_rate, variable.dtype) * change)
`,
});

/** `Adam(0.001, epsilon=1e-08)`. */
export function kerasAdam(name: 'Adam' | 'AdamW'): KerasRule {
  return (context: KerasContext, learningRate: string) => {
    const { args, source } = context;
    if (args['epsRoot'] !== 0 || args['nesterov'] === true) kerasGap('Adam of Keras has neither an epsilon inside the root nor nesterov.');
    const betas = [args['b1'] === 0.9 ? '' : `beta_1=${source('b1')}`, args['b2'] === 0.999 ? '' : `beta_2=${source('b2')}`];
    const decay = name === 'AdamW' ? `weight_decay=${source('weightDecay')}` : '';
    const parts = [learningRate, ...betas, `epsilon=${source('eps')}`, decay].filter(Boolean);
    return { call: `${name}(${parts.join(', ')})`, definition: definition(name) };
  };
}
