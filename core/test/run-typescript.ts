/** @file Runs TypeScript that was emitted: the types are taken away, and its import is answered by core. */
import { transformWithOxc } from 'vite';
import * as core from '../index.ts';
import type { LiveModel } from '../build/build-model.ts';

/** What the code exports. @throws SyntaxError where it is no TypeScript. */
export async function runTypeScript(source: string): Promise<Readonly<Record<string, unknown>>> {
  const { code } = await transformWithOxc(source, 'emitted.ts', { sourcemap: false });
  const names = [...code.matchAll(/^export (?:class|function) (\w+)/gm)].map(([, name]) => name!);
  const body = code
    .replace(/^import \{([^}]*)\} from "espalier";/m, (_, list: string) => `const {${list.replaceAll(' as ', ': ')}} = core;`)
    .replaceAll(/^export (?=class|function)/gm, '');
  // What is run was written by us a moment ago: that is what is tested.
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval
  const run = new Function('core', `"use strict";\n${body}\nreturn { ${names.join(', ')} };`) as (
    given: typeof core,
  ) => Record<string, unknown>;
  return run(core);
}

/** The model that the code makes. */
export async function makeEmitted(source: string): Promise<LiveModel> {
  const { createModel } = await runTypeScript(source);
  return (createModel as () => LiveModel)();
}
