/** @file Verifies the TypeScript, here in Node: its types are taken away, and its import is answered by core. */
import type { EmittedFile } from '../../core/emit/index.ts';
import * as core from '../../core/index.ts';
import { compareOutputs, type RecordedModel } from '../../core/run/index.ts';
import type { Io } from '../io.ts';
import { importPackage } from './packages.ts';
import type { Ran } from './verified.ts';

interface Vite {
  transformWithOxc(source: string, file: string, options: { readonly sourcemap: false }): Promise<{ readonly code: string }>;
}
type Model = core.Module & { call(...inputs: core.tf.Tensor[]): core.tf.Tensor | readonly core.tf.Tensor[] };

export async function verifyTypeScript(files: readonly EmittedFile[], { inputs, outputs }: RecordedModel, io: Io): Promise<Ran> {
  const { transformWithOxc } = await importPackage<Vite>('vite', io);
  const [code, weights] = [files.find(({ path }) => path.endsWith('.ts'))!, files.find(({ path }) => path.endsWith('.safetensors'))!];
  const { code: script } = await transformWithOxc(String(code.content), code.path, { sourcemap: false });
  const name = /^export function (createModel|makeModel|buildModel\w*)\(/m.exec(script)![1]!;
  const body = script
    .replace(/^import \{([^}]*)\} from "espalier";/m, (_, list: string) => `const {${list.replaceAll(' as ', ': ')}} = core;`)
    .replaceAll(/^export (?=class|function)/gm, '');
  // What is run was written by us a moment ago: that is what is verified.
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval
  const make = new Function('core', `"use strict";\n${body}\nreturn ${name};`) as (given: typeof core) => () => Model;
  const model = make(core)();
  core.loadWeights(model, weights.content as Uint8Array);
  model.eval();
  const types = { F32: 'float32', I32: 'int32', BOOL: 'bool' } as const;
  const given = inputs.map(({ tensor: { data, shape, dtype } }) =>
    core.tf.tensor(data as Float32Array, [...shape], types[dtype as keyof typeof types]),
  );
  const got = [model.call(...given)].flat() as core.tf.Tensor[];
  const compared = compareOutputs(
    outputs,
    got.map((tensor) => ({ shape: tensor.shape, data: tensor.dataSync() as Float32Array })),
  );
  core.tf.dispose([given, got]);
  return { ok: true, versions: { node: process.versions.node }, differences: compared.map(({ difference }) => difference) };
}
