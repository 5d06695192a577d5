/** @file The equation of an einsum: letters, an ellipsis for axes without one, and the shape of the result. */
import { reject } from '../../spec/reject.ts';
import { broadcastShapes, type Dim, formatShape, type Shape, type TensorSpec } from '../../spec/shape.ts';
import { wider } from './elementwise.ts';
import { rejectParam } from './ports.ts';

export interface Equation {
  readonly inputs: readonly string[];
  /** Worked out where the equation has no arrow: the letters that occur once, in alphabetical order. */
  readonly output: string;
}

/** Splits `ij,jk->ik`; rejects what is no equation for this number of inputs. */
export function parseEquation(equation: string, count: number): Equation {
  const [left = '', right, ...more] = equation.replaceAll(' ', '').split('->');
  const inputs = left.split(',');
  const wrong = (expected: string, fix: string) => rejectParam('equation', expected, equation, fix, { code: 'param/equation' });
  if (more.length > 0 || ![...inputs, right ?? ''].every((part) => /^[A-Za-z]*(\.\.\.)?[A-Za-z]*$/.test(part)))
    return wrong('letters, commas and one arrow, as in ij,jk->ik', 'Give each axis a letter; ... stands for all others.');
  if (inputs.length !== count) return wrong(`${count} inputs in the equation`, 'Put a comma between the inputs, or change their number.');
  const letters = inputs.join('').replaceAll('.', '');
  const output = right ?? defaultOutput(left, letters);
  const unknown = [...output.replace('...', '')].find((letter) => !letters.includes(letter));
  if (unknown !== undefined) return wrong(`the letter ${unknown} of the result in one of the inputs`, 'Use a letter of the inputs.');
  if (new Set(output.replace('...', '')).size !== output.replace('...', '').length)
    return wrong('each letter once in the result', 'Leave out the repeated letter.');
  return { inputs, output };
}

function defaultOutput(left: string, letters: string): string {
  const once = [...letters].filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter)).sort();
  return (left.includes('...') ? '...' : '') + once.join('');
}

/** The result's shape; rejects inputs whose axes do not meet. */
export function inferEinsum(equation: string, specs: readonly TensorSpec[]): TensorSpec {
  const { inputs, output } = parseEquation(equation, specs.length);
  const lengths = new Map<string, Dim>();
  let rest: Shape = [];
  for (const [i, { shape }] of specs.entries()) {
    const port = `x${i}`;
    const named = inputs[i]!.replace('...', '');
    const free = shape.length - named.length;
    if (free < 0 || (free > 0 && !inputs[i]!.includes('...')))
      reject({
        code: 'shape/rank',
        port,
        param: 'equation',
        expected: `${named.length} axes for ${inputs[i] || 'nothing'}`,
        got: formatShape(shape),
        fix: 'Give each axis a letter, or write ... for the axes in front.',
      });
    const before = inputs[i]!.includes('...') ? inputs[i]!.indexOf('...') : named.length;
    const letters = [...named];
    const dims = [...shape.slice(0, before), ...shape.slice(before + free)];
    for (const [k, letter] of letters.entries()) setLength(lengths, letter, dims[k]!, port);
    rest =
      broadcastShapes(rest, shape.slice(before, before + free)) ??
      reject({
        code: 'shape/broadcast',
        port,
        expected: `axes for ... that broadcast with ${formatShape(rest)}`,
        got: formatShape(shape),
        fix: 'Make the axes agree, or make one 1.',
      });
  }
  const at = output.indexOf('...');
  const dimsOf = (letters: string) => [...letters].map((letter) => lengths.get(letter)!);
  const shape = at < 0 ? dimsOf(output) : [...dimsOf(output.slice(0, at)), ...rest, ...dimsOf(output.slice(at + 3))];
  return { shape, dtype: specs.map(({ dtype }) => dtype).reduce(wider) };
}

function setLength(lengths: Map<string, Dim>, letter: string, dim: Dim, port: string): void {
  const known = lengths.get(letter);
  if (known === undefined || known === 1) lengths.set(letter, dim);
  else if (dim !== known && dim !== 1)
    reject({
      code: 'shape/einsum',
      port,
      param: 'equation',
      expected: `length ${known} of ${letter}`,
      got: String(dim),
      fix: 'Change the equation, or make the axes with the same letter equally long.',
    });
}

/** The product of the lengths of the letters that the result lacks: so many products are added up for each of its elements. */
export function summedLength(equation: string, shapes: readonly (readonly number[])[]): number {
  const { inputs, output } = parseEquation(equation, shapes.length);
  const lengths = new Map<string, number>();
  for (const [i, input] of inputs.entries()) {
    const letters = [...input.replace('...', '')];
    const front = input.includes('...') ? input.indexOf('...') : letters.length;
    for (const [k, letter] of letters.entries()) {
      const length = shapes[i]!.at(k < front ? k : k - letters.length)!;
      lengths.set(letter, Math.max(length, lengths.get(letter) ?? 1));
    }
  }
  return [...lengths].reduce((product, [letter, length]) => (output.includes(letter) ? product : product * length), 1);
}
