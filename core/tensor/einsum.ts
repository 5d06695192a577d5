/** @file Einstein summation. TensorFlow.js has no gradient for its own, no ellipsis, and no repeated names. */
import { contract, type Labelled, order, sumOut } from './contract.ts';
import { tf } from './tf.ts';

/**
 * Sums of products by named axes: `jnp.einsum(equation, ...operands)`. Each operand has one letter per axis, `...` stands for any
 * number of leading axes that broadcast, a letter twice takes the diagonal, and letters that are not behind `->` are summed over.
 * Without `->` the result has the letters that occur once, in alphabetical order. Differentiable. The caller disposes the result.
 * @throws RangeError if the equation does not fit the operands.
 */
export function einsum(equation: string, ...operands: tf.Tensor[]): tf.Tensor {
  const { inputs, output } = parse(equation, operands);
  return tf.tidy(() => {
    let sum = diagonals({ x: operands[0]!, labels: inputs[0]! });
    for (let i = 1; i < operands.length; i++) {
      const needed = new Set([...output, ...inputs.slice(i + 1).flat()]);
      sum = contract(sum, diagonals({ x: operands[i]!, labels: inputs[i]! }), needed);
    }
    const result = order(sumOut(sum, new Set(output)), output);
    return operands.includes(result) ? tf.clone(result) : result;
  });
}

interface Equation {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

function parse(equation: string, operands: readonly tf.Tensor[]): Equation {
  const fail = (problem: string): never => {
    const shapes = operands.map((x) => `[${x.shape.join(', ')}]`).join(', ');
    throw new RangeError(`The equation "${equation}" does not fit operands of the shapes ${shapes}: ${problem}.`);
  };
  const [left, right, ...more] = equation.replaceAll(/\s/g, '').split('->');
  const terms = left!.split(',');
  if (more.length > 0) fail('it has more than one "->"');
  if (terms.length !== operands.length) fail(`it names ${terms.length} operands, not ${operands.length}`);
  const inputs = terms.map((term, i) =>
    lettersOf(term, operands[i]!.rank, (named) => fail(`"${term}" names ${named} axes, operand ${i + 1} has ${operands[i]!.rank}`)),
  );

  const sizes = new Map<string, number>();
  for (const [i, labels] of inputs.entries()) {
    for (const [axis, label] of labels.entries()) {
      const size = operands[i]!.shape[axis]!;
      const known = sizes.get(label) ?? 1;
      if (known !== 1 && size !== 1 && known !== size) fail(`"${label}" is both ${known} and ${size}`);
      sizes.set(label, known === 1 ? size : known);
    }
  }
  const widest = [...sizes.keys()].filter((label) => label.startsWith('.')).sort((a, b) => Number(b.slice(1)) - Number(a.slice(1)));
  const all = inputs.flat();
  const once = [...sizes.keys()].filter((label) => !label.startsWith('.') && all.indexOf(label) === all.lastIndexOf(label));
  const output =
    right === undefined
      ? [...widest, ...once.sort()]
      : lettersOf(right, widest.length + right.replace('...', '').length, () => fail('the result is malformed'));
  for (const label of output) if (!sizes.has(label)) fail(`"${label}" of the result is in no operand`);
  if (new Set(output).size !== output.length) fail('the result names an axis twice');
  return { inputs, output };
}

/** One name per axis. The axes of an ellipsis are named from the last: `.0` is the one next to the letters behind it. */
function lettersOf(term: string, rank: number, wrong: (named: number) => never): string[] {
  const [before, after, ...more] = term.split('...');
  const named = [...before!, ...(after ?? '')];
  const hidden = rank - named.length;
  if (more.length > 0 || named.some((letter) => !/[A-Za-z]/.test(letter)) || hidden < 0 || (after === undefined && hidden > 0))
    wrong(named.length);
  if (after === undefined) return named;
  return [...before!, ...Array.from({ length: hidden }, (_, i) => `.${hidden - 1 - i}`), ...after];
}

/** Takes the diagonal over each name that occurs twice. */
function diagonals(operand: Labelled): Labelled {
  let { x, labels } = operand;
  for (;;) {
    const first = labels.findIndex((label, i) => labels.indexOf(label, i + 1) >= 0);
    if (first < 0) return { x, labels };
    const label = labels[first]!;
    const second = labels.indexOf(label, first + 1);
    const rest = [...labels.keys()].filter((axis) => axis !== first && axis !== second);
    const n = x.shape[first]!;
    const shape = rest.map((axis) => x.shape[axis]!);
    const pairs = tf.reshape(tf.transpose(x, [...rest, first, second]), [-1, n * n]);
    const diagonal = tf.stridedSlice(pairs, [0, 0], pairs.shape, [1, n + 1]);
    x = tf.reshape(diagonal, [...shape, n]);
    labels = [...rest.map((axis) => labels[axis]!), label];
  }
}
