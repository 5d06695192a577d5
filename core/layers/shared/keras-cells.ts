/** @file Recurrent layers as Keras has them, and the cells that it lacks. */
import { floatSource, kerasOps, needSpec } from '../../ops/shared/keras.ts';
import { kerasGap, type KerasContext, type KerasDefinition, type KerasLayer, type KerasWeights } from '../../spec/emit-keras.ts';

const GRU: KerasDefinition = {
  name: 'GRUCell',
  source: `
@keras.saving.register_keras_serializable()
class GRUCell(layers.Layer):
    """A gated recurrent unit whose reset gate acts behind the product, with one bias for both."""

    def __init__(
        self,
        units,
        *,
        activation='tanh',
        recurrent_activation='sigmoid',
        kernel_initializer='lecun_normal',
        recurrent_initializer='orthogonal',
        bias_initializer='zeros',
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.state_size = units
        self.activation = keras.activations.get(activation)
        self.recurrent_activation = keras.activations.get(recurrent_activation)
        self.dense_i = layers.Dense(
            3 * units,
            kernel_initializer=kernel_initializer,
            bias_initializer=bias_initializer,
        )
        self.dense_h = layers.Dense(
            3 * units,
            use_bias=False,
            kernel_initializer=recurrent_initializer,
        )

    def build(self, shape):
        self.dense_i.build(shape)
        self.dense_h.build((None, self.state_size))

    def call(self, x, states):
        (h,) = states
        x_r, x_z, x_n = ops.split(self.dense_i(x), 3, axis=-1)
        h_r, h_z, h_n = ops.split(self.dense_h(h), 3, axis=-1)
        r = self.recurrent_activation(x_r + h_r)
        z = self.recurrent_activation(x_z + h_z)
        n = self.activation(x_n + r * h_n)
        h = (1 - z) * n + z * h
        return h, [h]

    def get_config(self):
        return {**super().get_config(), 'units': self.state_size}
`,
};

const LSTM: KerasDefinition = {
  name: 'LSTMCell',
  source: `
@keras.saving.register_keras_serializable()
class LSTMCell(layers.Layer):
    """Long short-term memory with a layer of its own for each gate."""

    def __init__(
        self,
        units,
        *,
        activation='tanh',
        recurrent_activation='sigmoid',
        kernel_initializer='lecun_normal',
        recurrent_initializer='orthogonal',
        bias_initializer='zeros',
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.state_size = [units, units]
        self.activation = keras.activations.get(activation)
        self.recurrent_activation = keras.activations.get(recurrent_activation)
        self.ii, self.if_, self.ig, self.io = (
            layers.Dense(units, use_bias=False, kernel_initializer=kernel_initializer)
            for _ in range(4)
        )
        self.hi, self.hf, self.hg, self.ho = (
            layers.Dense(
                units,
                kernel_initializer=recurrent_initializer,
                bias_initializer=bias_initializer,
            )
            for _ in range(4)
        )

    def build(self, shape):
        for dense in (self.ii, self.if_, self.ig, self.io):
            dense.build(shape)
        for dense in (self.hi, self.hf, self.hg, self.ho):
            dense.build((None, self.state_size[0]))

    def call(self, x, states):
        h, c = states
        i = self.recurrent_activation(self.ii(x) + self.hi(h))
        f = self.recurrent_activation(self.if_(x) + self.hf(h))
        g = self.activation(self.ig(x) + self.hg(h))
        o = self.recurrent_activation(self.io(x) + self.ho(h))
        c = f * c + i * g
        h = o * self.activation(c)
        return h, [h, c]

    def get_config(self):
        return {**super().get_config(), 'units': self.state_size[0]}
`,
};

const RESIDUAL: KerasDefinition = {
  name: 'ResidualCell',
  source: `
class ResidualCell(layers.Layer):
    """A plain recurrent step that adds the state to the new one before the activation."""

    def __init__(
        self,
        units,
        *,
        activation='tanh',
        kernel_initializer='lecun_normal',
        recurrent_initializer='orthogonal',
        bias_initializer='zeros',
    ):
        super().__init__()
        self.state_size = units
        self.activation = keras.activations.get(activation)
        self.dense_i = layers.Dense(
            units,
            kernel_initializer=kernel_initializer,
            bias_initializer=bias_initializer,
        )
        self.dense_h = layers.Dense(
            units,
            use_bias=False,
            kernel_initializer=recurrent_initializer,
        )

    def build(self, shape):
        self.dense_i.build(shape)
        self.dense_h.build((None, self.state_size))

    def call(self, x, states):
        (h,) = states
        h = self.activation(self.dense_i(x) + self.dense_h(h) + h)
        return h, [h]
`,
};

interface Cell {
  /** The class of Keras for a step, and for a sequence; absent: `layers.RNN` around the cell. */
  readonly cell: string;
  readonly sequence?: string;
  readonly more?: string;
  readonly isPair?: true;
  readonly definition?: KerasDefinition;
  readonly names?: Readonly<Record<string, string>>;
}

/** Keras holds one kernel for all gates in the order of Flax, and one bias. */
const LSTM_NAMES = { 'dense_i.kernel': 'kernel', 'dense_h.kernel': 'recurrent_kernel', 'dense_h.bias': 'bias' };
const SIMPLE_NAMES = { 'dense_i.kernel': 'kernel', 'dense_h.kernel': 'recurrent_kernel', 'dense_i.bias': 'bias' };

const CELLS: Readonly<Record<string, Cell>> = {
  OptimizedLSTMCell: { cell: 'layers.LSTMCell', sequence: 'layers.LSTM', more: 'unit_forget_bias=False', isPair: true, names: LSTM_NAMES },
  LSTMCell: { cell: 'LSTMCell', isPair: true, definition: LSTM },
  GRUCell: { cell: 'GRUCell', definition: GRU },
  SimpleCell: { cell: 'layers.SimpleRNNCell', sequence: 'layers.SimpleRNN', names: SIMPLE_NAMES },
};

const cellOf = (args: KerasContext['args']): Cell => CELLS[String(args['cell'])]!;
const weightsOf = ({ cell, names }: Cell): readonly KerasWeights[] => (names ? [{ type: cell, names }] : []);
const definitionsOf = ({ definition }: Cell): readonly KerasDefinition[] => (definition ? [definition] : []);

const NAMED = {
  activationFn: 'activation',
  gateFn: 'recurrent_activation',
  kernelInit: 'kernel_initializer',
  recurrentKernelInit: 'recurrent_initializer',
  biasInit: 'bias_initializer',
};

/** One step: `self.cell(h, [h, c])`. */
export function kerasCell(type: string): KerasLayer {
  const plain = CELLS[type]!;
  const of = (args: KerasContext['args']): Cell => (args['residual'] === true ? { cell: RESIDUAL.name, definition: RESIDUAL } : plain);
  return {
    construct: (context) => {
      const { cell, more, names } = of(context.args);
      const { gateFn: _gateFn, ...own } = NAMED;
      const always = names ? ['kernelInit'] : [];
      const given = context.kwargs({ positional: ['hiddenFeatures'], named: type === 'SimpleCell' ? own : NAMED, always });
      return `${cell}(${[given, more].filter(Boolean).join(', ')})`;
    },
    definitions: (args) => definitionsOf(of(args)),
    weights: (args) => weightsOf(of(args)),
    call: (member, { c, h, x }, context) => {
      const source = floatSource(x!, context);
      if (needSpec(context).shape.length !== 2) kerasGap('A cell of Keras takes exactly one batch axis.');
      if (!plain.isPair) return `${member}(${source}, [${h}])[0]`;
      context.line(`_, (${context.target('h')}, ${context.target('c')}) = ${member}(${source}, [${h}, ${c}])`);
      return '';
    },
  };
}

/** The layer that runs a cell over a sequence. */
function sequenceSource(context: KerasContext, ...options: readonly string[]): string {
  const { cell, sequence, more = '' } = cellOf(context.args);
  const units = context.source('hiddenFeatures');
  const all = ['return_sequences=True', ...options].filter(Boolean);
  if (sequence === undefined) return `layers.RNN(${[`${cell}(${units})`, ...all].join(', ')})`;
  return `${sequence}(${[units, "kernel_initializer='lecun_normal'", more, ...all].filter(Boolean).join(', ')})`;
}

/** Steps before rows, and the other way round. */
const swapped = (source: string, context: KerasContext): string =>
  context.args['timeMajor'] === true ? kerasOps(context, 'swapaxes', source, '0', '1') : source;

function sequenceInput({ x }: Readonly<Record<string, string>>, context: KerasContext): string {
  if (needSpec(context).shape.length !== 3) kerasGap('A recurrent layer of Keras takes exactly one batch axis.');
  return swapped(floatSource(x!, context), context);
}

export const kerasRnn: KerasLayer = {
  construct: (context) => {
    const { returnCarry, reverse } = context.args;
    return sequenceSource(context, returnCarry === true ? 'return_state=True' : '', reverse === true ? 'go_backwards=True' : '');
  },
  definitions: (args) => definitionsOf(cellOf(args)),
  weights: (args) => weightsOf(cellOf(args)),
  call: (member, inputs, context) => {
    const { reverse, keepOrder, returnCarry } = context.args;
    const { lengths } = inputs;
    const x = sequenceInput(inputs, context);
    const turned = (source: string) =>
      swapped(reverse === true && keepOrder === true ? kerasOps(context, 'flip', source, 'axis=1') : source, context);
    if (lengths !== undefined && reverse === true) kerasGap('Keras turns sequences around as a whole, whatever their lengths.');
    // What lies behind the end of a sequence does not change what comes before.
    if (returnCarry !== true) return turned(`${member}(${x})`);
    const [y, ...states] = ['y', 'h', ...(cellOf(context.args).isPair ? ['c'] : [])].map((port) => context.target(port)) as [
      string,
      ...string[],
    ];
    if (lengths === undefined) context.line(`${[y, ...states].join(', ')} = ${member}(${x})`);
    else {
      const steps = `${kerasOps(context, 'shape', x)}[1]`;
      const mask = `mask=${kerasOps(context, 'arange', steps)} <= ((${lengths} - 1) % ${steps})[:, None]`;
      const lines = [`${['_', ...states].join(', ')} = ${member}(${x}, ${mask})`, ...(y === '_' ? [] : [`${y} = ${member}(${x})[0]`])];
      // What is read again is not overwritten before.
      for (const line of states.includes(x) ? lines.reverse() : lines) context.line(line);
    }
    if (y !== '_' && turned(y) !== y) context.line(`${y} = ${turned(y)}`);
    return '';
  },
};

export const kerasBidirectional: KerasLayer = {
  construct: (context) => `layers.Bidirectional(${sequenceSource(context)})`,
  definitions: (args) => definitionsOf(cellOf(args)),
  weights: (args) => [
    { type: 'layers.Bidirectional', names: { forward_rnn: 'forward_layer', backward_rnn: 'backward_layer' } },
    ...weightsOf(cellOf(args)),
  ],
  call: (member, inputs, context) => {
    if (inputs['lengths'] !== undefined) kerasGap('Keras turns sequences around as a whole, whatever their lengths.');
    return swapped(`${member}(${sequenceInput(inputs, context)})`, context);
  },
};
