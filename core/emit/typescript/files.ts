/** @file The model in TypeScript with its weights, and what loads them. */
import type { ModelProgram } from '../../program/model-program.ts';
import { writeSafetensors } from '../../weights/safetensors.ts';
import type { EmittedFile, WeightsContext } from '../target.ts';
import { creatorName } from './model.ts';
import { writeTypeScript } from './typescript.ts';

export function typescriptFiles(program: ModelProgram, { module, weights }: WeightsContext): readonly EmittedFile[] {
  return [
    { path: `${module}.ts`, content: writeTypeScript(program) },
    { path: `${module}.safetensors`, content: writeSafetensors(weights, { format: 'flax.nnx' }) },
  ];
}

export function typescriptLoader(program: ModelProgram, module: string): EmittedFile {
  const create = creatorName(program);
  const content = `import { readFileSync } from "node:fs";
import { loadWeights } from "espalier";
import { ${create} } from "./${module}.ts";

const WEIGHTS = new URL("./${module}.safetensors", import.meta.url);

/** The model with the weights of the file, for use and not for training. Whoever makes it disposes it. */
export function loadModel(
  path: string | URL = WEIGHTS,
): ReturnType<typeof ${create}> {
  const model = ${create}();
  loadWeights(model, new Uint8Array(readFileSync(path)));
  model.eval();
  return model;
}
`;
  return { path: `load_${module}.ts`, content };
}
