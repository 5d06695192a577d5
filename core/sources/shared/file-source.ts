/** @file What sources of one file have in common: its text by name, and a check that says what opening would. */
import { fail, RunError, type RunProblem } from '../../spec/run-error.ts';
import { formatShape } from '../../spec/shape.ts';
import type { SourceArgs, SourceContext, SourceFault, SourceInput } from '../../spec/source.ts';

export function fileOf(args: SourceArgs): { readonly file: string; readonly asset?: string } {
  const { file, asset } = args;
  return { file: typeof file === 'string' ? file : '', ...(typeof asset === 'string' ? { asset } : {}) };
}

export function filesOf(args: SourceArgs): readonly { readonly file: string; readonly asset?: string }[] {
  const named = fileOf(args);
  return named.file === '' ? [] : [named];
}

/** @throws RunError where it is not at hand */
export function textOfFile(args: SourceArgs, { readText }: SourceContext): { readonly file: string; readonly text: string } {
  const { file, asset } = fileOf(args);
  const text = readText(file, asset);
  if (text === undefined)
    return fail('source/no-file', `Expected the content of "${file}", got none.`, 'Open the file again, or put it beside the document.');
  return { file, text };
}

/** What opening would throw, as a fault; nothing where the file is not at hand, which a run will say. */
export function faultsOf(open: () => void): readonly SourceFault[] {
  try {
    open();
    return [];
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    const place = error instanceof RowFault ? { input: error.input, shape: error.shape } : {};
    const { code, message, hint } = error.problem;
    return code === 'source/no-file'
      ? []
      : [{ code: code.replace(/^source\//, 'data/'), expected: 'data that fit the model', got: message, fix: hint, ...place }];
  }
}

/** An input that is declared otherwise than the rows are. */
class RowFault extends RunError {
  constructor(
    readonly input: string,
    readonly shape: readonly (number | string)[],
    problem: RunProblem,
  ) {
    super(problem);
  }
}

/** A fifth of the rows, for testing. */
export const TEST_PART = 0.2;

/** The lengths of one row of an input that is fed rows of this shape: the same, or other lengths of as many numbers. @throws RunError */
export function rowShape(input: SourceInput, row: readonly number[], what: string): readonly number[] {
  if (!input.shape) return row;
  const wanted = input.shape.slice(1);
  const size = row.reduce((product, length) => product * length, 1);
  const isSame = wanted.length === row.length && wanted.every((length, i) => typeof length === 'string' || length === row[i]);
  if (isSame) return row;
  const numbers = wanted.map(Number);
  if (wanted.every((length) => typeof length === 'number') && numbers.reduce((product, length) => product * length, 1) === size)
    return numbers;
  throw new RowFault(input.name, ['batch', ...row], {
    code: 'source/features',
    message: `Input "${input.name}" is declared ${formatShape(input.shape)}, but ${what} has rows of (${row.join(', ')}).`,
    hint: `Declare the shape (batch, ${row.join(', ')}), or choose other data.`,
  });
}

/** Keeps what was made of the last few texts: a check after each edit asks again. */
export function rememberLast<T>(make: (text: string, file: string) => T, most = 2): (text: string, file: string) => T {
  let known: readonly { readonly text: string; readonly made: T }[] = [];
  return (text, file) => {
    const found = known.find((each) => each.text === text);
    if (found) return found.made;
    const made = make(text, file);
    known = [{ text, made }, ...known].slice(0, most);
    return made;
  };
}
