/** @file Layers of low rank, which Keras has only as a change of its own layers that freezes them. */
import type { KerasDefinition } from '../../spec/emit-keras.ts';

export const loraDefinition: KerasDefinition = {
  name: 'LoRA',
  source: `
class LoRA(layers.Layer):
    """A linear layer of low rank: the input times a, times b."""

    def __init__(self, units, rank, *, a_initializer='he_uniform', b_initializer='zeros'):
        super().__init__()
        self.units = units
        self.rank = rank
        self.a_initializer = a_initializer
        self.b_initializer = b_initializer

    def build(self, shape):
        self.lora_a = self.add_weight(
            shape=(shape[-1], self.rank), initializer=self.a_initializer, name='lora_a'
        )
        self.lora_b = self.add_weight(
            shape=(self.rank, self.units), initializer=self.b_initializer, name='lora_b'
        )

    def call(self, x):
        return ops.matmul(ops.matmul(x, self.lora_a), self.lora_b)
`,
};

export const loraLinearDefinition: KerasDefinition = {
  name: 'LoRALinear',
  source: `
class LoRALinear(layers.Dense):
    """A linear layer with a change of low rank beside it."""

    def __init__(self, units, rank, *, a_initializer='he_uniform', b_initializer='zeros', **kwargs):
        super().__init__(units, **kwargs)
        self.lora = LoRA(units, rank, a_initializer=a_initializer, b_initializer=b_initializer)

    def call(self, x):
        return super().call(x) + self.lora(x)
`,
};

export const LOW_RANK = { aInitializer: 'a_initializer', bInitializer: 'b_initializer' };
