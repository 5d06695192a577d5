/** @file Packages of this folder that are found when they are used: what checks other libraries is no part of the program. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Io } from '../io.ts';

/** @throws Error where it is not installed. */
export async function importPackage<T>(name: string, { shipped }: Pick<Io, 'shipped'>): Promise<T> {
  const require = createRequire(path.join(shipped, 'index.js'));
  const loaded = (await import(pathToFileURL(require.resolve(name)).href)) as T & { readonly default?: T };
  // Node gives what a CommonJS package exports as its default.
  return loaded.default ?? loaded;
}

export async function versionOf(name: string, { shipped }: Pick<Io, 'shipped'>): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(shipped, '../../node_modules', name, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}
