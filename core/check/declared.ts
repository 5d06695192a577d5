/** @file The shapes that inputs declare, and whether what a caller hands in fits them. */
import type { InputNode, ModelClass } from '../document/schema.ts';
import { formatShape, insert, reshaping, type Dim, type Mend, type Rejection, type TensorSpec } from '../spec/index.ts';
import type { MaybeSpec, Scope } from './instance.ts';
import { evaluateArgument } from './scope.ts';

export interface Declared {
  /** Undefined where the input declares none, or a dimension is not known. */
  readonly spec: MaybeSpec;
  readonly problems: readonly Rejection[];
}

/** The declared shape with its expressions evaluated. */
export function declaredSpec(modelClass: ModelClass, input: InputNode, scope: Scope): Declared {
  if (input.shape === null) return { spec: undefined, problems: [] };
  const problems: Rejection[] = [];
  const shape: Dim[] = [];
  let isKnown = true;
  for (const [axis, dim] of input.shape.entries()) {
    if (typeof dim === 'string') {
      if (/^[A-Za-z][A-Za-z0-9_]*$/.test(dim)) shape.push(dim);
      else problems.push(dimFault(axis, 'a name such as batch, or a number', JSON.stringify(dim)));
      continue;
    }
    const outcome =
      typeof dim === 'number' ? { kind: 'value' as const, value: dim, isFloat: false } : evaluateArgument(dim, scope, modelClass.fields);
    if (outcome.kind === 'unknown') isKnown = false;
    else if (outcome.kind === 'fault') problems.push(dimFault(axis, outcome.expected, outcome.got));
    else if (Number.isSafeInteger(outcome.value) && (outcome.value as number) >= 0 && !outcome.isFloat) shape.push(outcome.value as number);
    else problems.push(dimFault(axis, 'a whole number from 0', JSON.stringify(outcome.value)));
  }
  return { spec: isKnown && problems.length === 0 ? { shape, dtype: input.dtype } : undefined, problems };
}

function dimFault(axis: number, expected: string, got: string): Rejection {
  return { code: 'input/shape', param: 'shape', expected: `${expected} as length of axis ${axis}`, got, fix: 'Change the declared shape.' };
}

/**
 * Compares what came with what is declared. A declared number must be met by that number or by a name; a declared name by
 * anything, but by the same wherever it stands among the inputs: `bound` collects what each name stands for.
 */
export function compareInput(name: string, declared: TensorSpec, came: TensorSpec, bound: Map<string, Dim>): Rejection | undefined {
  const fault = (code: string, expected: string, got: string, fix: string, mends: readonly Mend[]): Rejection => {
    return { code, port: name, expected, got, fix, mends };
  };
  if (came.dtype !== declared.dtype) {
    return fault('dtype', `${declared.dtype} for ${name}`, came.dtype, 'Wire another value, or change the type that the class declares.', [
      insert(name, 'cast', { dtype: declared.dtype }, `to ${declared.dtype}`),
    ]);
  }
  const fits =
    came.shape.length === declared.shape.length &&
    declared.shape.every((dim, axis) => {
      const given = came.shape[axis]!;
      if (typeof dim === 'number') return given === dim || typeof given === 'string';
      const before = bound.get(dim);
      bound.set(dim, before ?? given);
      return before === undefined || before === given;
    });
  if (fits) return undefined;
  const expected = `${formatShape(declared.shape)} for ${name}`;
  return fault(
    'shape/declared',
    expected,
    formatShape(came.shape),
    'Change the value that is wired in, or the shape that the class declares.',
    reshaping(name, came.shape, named(declared.shape, came.shape)),
  );
}

/** The declared shape with what came in place of its names, as far as there is as much of it. */
function named(declared: TensorSpec['shape'], came: TensorSpec['shape']): TensorSpec['shape'] {
  return declared.map((dim, axis) => (typeof dim === 'string' ? (came[axis] ?? dim) : dim));
}
