/** @file Several files into a folder, which is made where it is not there. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { EmittedFile } from '../core/emit/index.ts';

/** The paths that were written. */
export async function writeAll(files: readonly EmittedFile[], folder: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const { path: name, content } of files) {
    const whole = path.join(folder, name);
    await mkdir(path.dirname(whole), { recursive: true });
    await writeFile(whole, content);
    paths.push(whole);
  }
  return paths;
}
