/** @file Pieces of PyTorch that the entries of ops share. */
import type { TorchContext, TorchOp } from '../../spec/emit-pytorch.ts';
import { operand } from './python.ts';

/** `torch.exp(x)`: a function that works number by number, wherever channels stand. `more` gives what follows the inputs: `, alpha=0.5`. */
export function torchCall(name: string, more: (context: TorchContext) => string = () => ''): TorchOp {
  return { layout: 'any', write: (inputs, context) => `${name}(${Object.values(inputs).join(', ')}${more(context)})` };
}

/** `x.sum(dim=1)`: a method of the first input, which counts axes as the document does. */
export function torchMethod(write: (x: string, context: TorchContext) => string): TorchOp {
  return { write: ({ x }, context) => write(operand(x!), context) };
}

/** `a + b`, wherever channels stand. */
export function torchOperator(symbol: string): TorchOp {
  return { layout: 'any', write: (inputs) => Object.values(inputs).map(operand).join(` ${symbol} `) };
}

/** How many axes an input has. */
export function rankOf(context: Pick<TorchContext, 'spec' | 'refuse'>, port = 'x'): number {
  return context.spec(port)?.shape.length ?? context.refuse('It is used with different numbers of axes, or of types of number.');
}

/** The axis counted from 0. */
export function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** `(0, 1)`, also of one alone: `(0,)`. */
export function tupleText(items: readonly (number | string)[]): string {
  return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`;
}

/** `(0, 1)`, or `1` for one alone. */
export function axesText(axes: readonly number[]): string {
  return axes.length === 1 ? String(axes[0]) : `(${axes.join(', ')})`;
}
