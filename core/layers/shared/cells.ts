/**
 * @file Recurrent cells by name. RNN and Bidirectional take a Module in code; a document, whose arguments are plain values, names
 * the cell instead and gives its sizes.
 */
import type { CallCost, KnownShapes } from '../../spec/cost.ts';
import { stepCost } from './infer-step.ts';
import type { Rngs } from '../../nnx/rngs.ts';
import { type SpecsByPort } from '../../spec/define.ts';
import type { EmitContext, LayerEmitter, TypeScriptContext } from '../../spec/emit.ts';
import { p, type Args } from '../../spec/params.ts';
import { reject, requireAxis, requireDtype, requireRank } from '../../spec/reject.ts';
import { formatShape, sameShape, withLast, type TensorSpec } from '../../spec/shape.ts';
import { GRUCell } from '../gru-cell.ts';
import { LSTMCell } from '../lstm-cell.ts';
import { OptimizedLSTMCell } from '../optimized-lstm-cell.ts';
import { SimpleCell } from '../simple-cell.ts';
import { inFeatures } from './params.ts';
import { hiddenFeatures, type RecurrentCell } from './recurrent-cell.ts';

interface CellSizes {
  readonly inFeatures: number;
  readonly hiddenFeatures: number;
  readonly rngs: Rngs;
}

/** Each cell with the ports of its carry. */
export const CELLS: Readonly<
  Record<string, { readonly type: new (sizes: CellSizes) => RecurrentCell; readonly carry: readonly string[]; readonly gates: number }>
> = {
  LSTMCell: { type: LSTMCell, carry: ['c', 'h'], gates: 4 },
  OptimizedLSTMCell: { type: OptimizedLSTMCell, carry: ['c', 'h'], gates: 4 },
  GRUCell: { type: GRUCell, carry: ['h'], gates: 3 },
  SimpleCell: { type: SimpleCell, carry: ['h'], gates: 1 },
};

/** The arguments of a document that stand for the cell. */
export const sequenceParams = {
  cell: p.choice({ default: 'OptimizedLSTMCell', choices: Object.keys(CELLS), doc: 'What happens at each step.' }),
  inFeatures,
  hiddenFeatures,
};

export function makeCell(cell: string, sizes: CellSizes): RecurrentCell {
  return new CELLS[cell]!.type(sizes);
}

interface SequenceArgs {
  readonly inFeatures: number;
  readonly hiddenFeatures: number;
  readonly timeMajor: boolean;
}

/** The outputs of all steps, and one state. */
/** The axis that the steps are taken along, for the port; of a sequence whose time comes first nothing is said. */
export function timeAxis({ timeMajor }: Args): readonly number[] {
  return timeMajor === true ? [] : [-2];
}

export function inferSequence({ x, lengths }: SpecsByPort, args: SequenceArgs): { readonly y: TensorSpec; readonly state: TensorSpec } {
  requireDtype('x', x!, ['float32', 'int32']);
  requireRank('x', x!, { min: 2 });
  requireAxis('x', x!, -1, args.inFeatures, 'inFeatures');
  const { shape } = x!;
  const time = args.timeMajor ? 0 : shape.length - 2;
  const batch = shape.slice(0, -1).filter((_, axis) => axis !== time);
  if (lengths && !sameShape(lengths.shape, batch)) {
    reject({
      code: 'shape/lengths',
      port: 'lengths',
      expected: `one length per sequence, ${formatShape(batch)}`,
      got: formatShape(lengths.shape),
      fix: 'Wire int32 lengths with the batch axes of x.',
    });
  }
  return {
    y: { shape: withLast(shape, args.hiddenFeatures), dtype: 'float32' },
    state: { shape: [...batch, args.hiddenFeatures], dtype: 'float32' },
  };
}

/** The expression that makes the cell. */
export function emitCell({ args, source }: EmitContext): string {
  return `nnx.${args['cell'] as string}(${source('inFeatures')}, ${source('hiddenFeatures')}, rngs=rngs)`;
}

/** The same in TypeScript. */
export function typescriptCell({ args, source, use }: TypeScriptContext): string {
  const sizes = (['inFeatures', 'hiddenFeatures'] as const).map((name) => (source(name) === name ? name : `${name}: ${source(name)}`));
  return `new ${use(args['cell'] as string)}({ ${sizes.join(', ')}, rngs })`;
}

/** Keyword arguments of the layer around the cell, which draws nothing itself. */
export function emitOptions(context: EmitContext): string {
  return context
    .kwargs({ drop: Object.keys(sequenceParams) })
    .replace(/(, )?rngs=rngs$/, '')
    .trim();
}

/** The call with lengths. */
export const callSequence: LayerEmitter['call'] = (member, { x, lengths }) => {
  return `${member}(${x}${lengths ? `, seq_lengths=${lengths}` : ''})`;
};

/** A carry of two is a tuple beside the outputs: `(c, h), y`. */
export function sequenceTargets(names: readonly string[], { cell, returnCarry }: Args, [open, close]: readonly [string, string]): string {
  const isNested = returnCarry === true && CELLS[cell as string]!.carry.length > 1;
  return isNested ? `${open}${names.slice(0, -1).join(', ')}${close}, ${names.at(-1)}` : names.join(', ');
}

/** All steps of a sequence cost what one does of all rows. */
export function sequenceCost(
  shapes: KnownShapes,
  args: { readonly cell: string; readonly inFeatures: number; readonly hiddenFeatures: number },
): CallCost {
  return stepCost(shapes, args, CELLS[args.cell]!.gates);
}
