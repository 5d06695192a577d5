/** @file The first run of the digits model, cold, and one more: what the first took longer is what compiling took. Works on earlier versions, too. */
import table from '../../assets/data/digits.csv?raw';
import text from '../../assets/examples/digits.espalier?raw';
import { parseDocument } from '../document/parse.ts';
import { createEngine } from '../run/engine.ts';

/** Milliseconds from the request to its answer. */
export interface FirstRun {
  readonly coldMs: number;
  readonly warmMs: number;
}

export async function firstRun(): Promise<FirstRun> {
  const parsed = parseDocument(text);
  if (!parsed.ok) throw new Error('The example cannot be read.');
  const { document } = parsed;
  let settle: (kind: string) => void = () => undefined;
  const engine = createEngine({
    post: ({ kind }) => settle(kind),
    pause: () =>
      new Promise((resolve) => {
        setTimeout(resolve, 0);
      }),
    backend: 'webgl',
  });
  const answered = (final: string) =>
    new Promise<void>((resolve, reject) => {
      settle = (kind) => {
        if (kind === 'failed') reject(new Error('The run has failed.'));
        if (kind === final) resolve();
      };
    });
  const timeOf = async (id: number): Promise<number> => {
    const ran = answered('ran');
    const startedMs = performance.now();
    engine.handle({ kind: 'run', id, document, assets: { 'digits.csv': table } });
    await ran;
    return performance.now() - startedMs;
  };
  // The backend starts with the window.
  const described = answered('described');
  engine.handle({ kind: 'describe', id: 1, document });
  await described;
  return { coldMs: await timeOf(2), warmMs: await timeOf(3) };
}
