/** @file Recurrent cells in PyTorch: one bias for each gate, as Flax has it, and Flax's kernels side by side. */
import type { TorchContext, TorchDefinition, TorchLayer, TorchPlace, TorchWeights } from '../../spec/emit-pytorch.ts';
import { floatOf } from './pytorch.ts';

/** Two biases that are added would learn twice as fast as one. */
export const ONE_BIAS: TorchDefinition = {
  name: 'one_bias',
  source: `def one_bias(cell: nn.Module) -> nn.Module:
    """A recurrent layer whose second bias stays 0: the first is enough."""
    for name, parameter in cell.named_parameters():
        if name.startswith('bias_hh'):
            nn.init.zeros_(parameter).requires_grad_(False)
    return cell`,
};

const ONE: readonly [number, number] = [1, 0];

/** Where the tensors of a cell are: `weight_ih_l0` of `nn.LSTM`, `weight_ih` of `nn.LSTMCell`. */
export function cellWeights(of: string, cell: string, flax: string, suffix: string): TorchWeights {
  const names = (parts: readonly string[], leaf: string) => parts.map((part) => `${flax}${part}.${leaf}`);
  const [fromInput, fromState, bias] =
    cell === 'LSTMCell'
      ? [
          ['ii', 'if_', 'ig', 'io'],
          ['hi', 'hf', 'hg', 'ho'],
          ['hi', 'hf', 'hg', 'ho'],
        ]
      : [['dense_i'], ['dense_h'], [cell === 'OptimizedLSTMCell' ? 'dense_h' : 'dense_i']];
  return {
    of,
    tensors: {
      [`weight_ih${suffix}`]: { flax: names(fromInput!, 'kernel'), axes: ONE },
      [`weight_hh${suffix}`]: { flax: names(fromState!, 'kernel'), axes: ONE },
      [`bias_ih${suffix}`]: { flax: names(bias!, 'bias') },
    },
  };
}

/** The word for a cell in PyTorch's names: `nn.LSTM`, `nn.LSTMCell`. */
export const TORCH_CELLS: Readonly<Record<string, string>> = {
  LSTMCell: 'LSTM',
  OptimizedLSTMCell: 'LSTM',
  GRUCell: 'GRU',
  SimpleCell: 'RNN',
};

/** One step, as a layer of its own. */
export function torchCell(cell: string): TorchLayer {
  const of = `nn.${TORCH_CELLS[cell]!}Cell`;
  const isPair = TORCH_CELLS[cell] === 'LSTM';
  return {
    construct: (context) => {
      const { args, source, define } = context;
      const isPlain = args['activationFn'] === 'tanh' || (cell === 'SimpleCell' && args['activationFn'] === 'relu');
      if (!isPlain || (args['gateFn'] ?? 'sigmoid') !== 'sigmoid')
        context.refuse(`${of} has activations of its own: tanh, and sigmoid for gates.`);
      if (args['residual'] === true) context.refuse(`${of} adds no residual.`);
      if (rankOfStep(context) > 2) context.refuse(`${of} takes one batch axis.`);
      const relu = args['activationFn'] === 'relu' ? ", nonlinearity='relu'" : '';
      return `${define(ONE_BIAS)}(${of}(${source('inFeatures')}, ${source('hiddenFeatures')}${relu}))`;
    },
    call: (member, { c, h, x }, context) => `${member}(${floatOf(x!, context)}, ${isPair ? `(${h}, ${c})` : h})`,
    ...(isPair ? { targets: (names: readonly string[]) => `${names[1]}, ${names[0]}` } : {}),
    weights: [cellWeights(of, cell, '', '')],
  };
}

function rankOfStep({ spec }: TorchPlace): number {
  return spec('x')?.shape.length ?? 2;
}

/** The state after the last step beside the outputs. */
const WITH_STATE: TorchDefinition = {
  name: 'with_state',
  source: `def with_state(rnn: nn.Module, x: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """The state after the last step, memory first, and the outputs of all steps."""
    y, state = rnn(x)
    parts = state[::-1] if isinstance(state, tuple) else (state,)
    return *(part.squeeze(0) for part in parts), y`,
};

/** The same where sequences end before the last step. */
const WITH_LAST_STATE: TorchDefinition = {
  name: 'with_last_state',
  imports: ['from torch.nn.utils.rnn import pack_padded_sequence'],
  source: `def with_last_state(
    rnn: nn.Module, x: torch.Tensor, lengths: torch.Tensor
) -> tuple[torch.Tensor, ...]:
    """The state after the last step that counts, and the outputs of all steps; length 0 means all."""
    steps = x.shape[1 if rnn.batch_first else 0]
    counted = torch.where(lengths > 0, lengths.clamp(max=steps), steps).cpu().long()
    packed = pack_padded_sequence(x, counted, batch_first=rnn.batch_first, enforce_sorted=False)
    state = rnn(packed)[1]
    parts = state[::-1] if isinstance(state, tuple) else (state,)
    return *(part.squeeze(0) for part in parts), rnn(x)[0]`,
};

/** The layer around a cell: `nn.LSTM(2, 3, batch_first=True)`. */
export function constructSequence(context: TorchContext, more = ''): string {
  const { args, source, define } = context;
  const of = sequenceClass(args['cell'] as string);
  if ((context.spec('x')?.shape.length ?? 3) > 3) context.refuse(`${of} takes one batch axis.`);
  const first = args['timeMajor'] === true ? '' : ', batch_first=True';
  return `${define(ONE_BIAS)}(${of}(${source('inFeatures')}, ${source('hiddenFeatures')}${first}${more}))`;
}

export function sequenceClass(cell: string): string {
  return `nn.${TORCH_CELLS[cell]!}`;
}

/** A call with state and lengths. */
export function callSequenceIn(member: string, x: string, lengths: string | undefined, context: TorchContext): string {
  const { args, define } = context;
  const axis = args['timeMajor'] === true ? 0 : -2;
  const isReverse = args['reverse'] === true;
  if (isReverse && lengths !== undefined) return turnedByLengths(member, floatOf(x, context), lengths, context);
  const given = isReverse ? `${floatOf(x, context)}.flip(${axis})` : floatOf(x, context);
  const isTurnedBack = isReverse && args['keepOrder'] === true;
  if (args['returnCarry'] !== true) return `${member}(${given})[0]${isTurnedBack ? `.flip(${axis})` : ''}`;
  if (isTurnedBack) return `${define(TURNED_BACK)}(${define(WITH_STATE)}(${member}, ${given}), ${axis})`;
  return lengths === undefined
    ? `${define(WITH_STATE)}(${member}, ${given})`
    : `${define(WITH_LAST_STATE)}(${member}, ${given}, ${lengths})`;
}

/** Sequences of different lengths are turned around each by itself: what counts of them comes first again. */
const TURNED: TorchDefinition = {
  name: 'turned',
  source: `def turned(x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """[batch, time, features] with the steps that count back to front, each sequence by itself."""
    steps = x.shape[1]
    at = (torch.arange(steps - 1, -1, -1, device=x.device) + lengths.unsqueeze(-1)) % steps
    return x.gather(1, at.long().unsqueeze(-1).expand_as(x))`,
};

function turnedByLengths(member: string, x: string, lengths: string, context: TorchContext): string {
  const { args, define } = context;
  if (args['timeMajor'] === true || context.spec('x')?.shape.length !== 3)
    context.refuse('Sequences of different lengths are turned around only where they are [batch, time, features].');
  const given = `${define(TURNED)}(${x}, ${lengths})`;
  if (args['returnCarry'] === true) {
    if (args['keepOrder'] === true) context.refuse('PyTorch does not turn outputs of different lengths back beside the state.');
    return `${define(WITH_LAST_STATE)}(${member}, ${given}, ${lengths})`;
  }
  const y = `${member}(${given})[0]`;
  return args['keepOrder'] === true ? `${define(TURNED)}(${y}, ${lengths})` : y;
}

const TURNED_BACK: TorchDefinition = {
  name: 'turned_back',
  source: `def turned_back(parts: tuple[torch.Tensor, ...], dim: int) -> tuple[torch.Tensor, ...]:
    """Outputs in the order of the input again, behind the state."""
    return *parts[:-1], parts[-1].flip(dim)`,
};
