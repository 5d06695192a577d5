/** @file The examples that ship with the app, as their index lists them. */
import type { Platform } from '../platform/platform.ts';

export interface ExampleEntry {
  readonly title: string;
  /** Below `examples/`. */
  readonly file: string;
  readonly description: string;
}

/** @throws Error with a message for the user if the index cannot be read. */
export async function readExamples(platform: Pick<Platform, 'readAsset'>): Promise<readonly ExampleEntry[]> {
  return JSON.parse(await platform.readAsset('examples/index.json')) as readonly ExampleEntry[];
}
