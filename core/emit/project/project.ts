/** @file A model as a small project: code, weights, what loads them, what must be installed, how to run it, and a test against the app. */
import type { ModelProgram } from '../../program/model-program.ts';
import { type StoredTensor, writeSafetensors } from '../../weights/safetensors.ts';
import type { EmittedFile, Target, WeightsContext } from '../target.ts';
import { pythonTest } from './python-test.ts';
import type { RecordedValues } from './recorded.ts';
import { writeReadme } from './readme.ts';
import { typescriptTest } from './typescript-test.ts';

/** Libraries add up in another order, and this is left. */
const TOLERANCE = 1e-4;

export function writeProject(
  program: ModelProgram,
  target: Target,
  context: WeightsContext,
  recorded: RecordedValues,
): readonly EmittedFile[] {
  const { module } = context;
  const { language, files, loader, requirements = [] } = target;
  const isTypeScript = language === 'typescript';
  return [
    ...(files?.(program, context) ?? []),
    ...(loader ? [loader(program, module)] : []),
    { path: 'recorded.safetensors', content: writeSafetensors(tensorsOf(recorded)) },
    isTypeScript
      ? { path: `test_${module}.ts`, content: typescriptTest(module, recorded, TOLERANCE) }
      : { path: `test_${module}.py`, content: pythonTest(module, recorded, TOLERANCE) },
    isTypeScript
      ? { path: 'package.json', content: packageJson(module, requirements) }
      : { path: 'requirements.txt', content: `${requirements.join('\n')}\n` },
    { path: 'README.md', content: writeReadme(program.document.name, module, target) },
  ];
}

function tensorsOf({ inputs, outputs }: RecordedValues): Readonly<Record<string, StoredTensor>> {
  return Object.fromEntries([
    ...inputs.map(({ tensor }, i) => [`input${i}`, tensor] as const),
    ...outputs.map(({ tensor }, i) => [`output${i}`, tensor] as const),
  ]);
}

function packageJson(module: string, requirements: readonly string[]): string {
  const content = {
    name: module.toLowerCase(),
    private: true,
    type: 'module',
    scripts: { test: `node --test test_${module}.ts` },
    dependencies: Object.fromEntries(requirements.map((name) => [name, '*'])),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
