/** @file The data sets that ship with the app, with what suits them. */
import type { DataFiles } from '../../../core/check/index.ts';
import type { Typed } from '../../../core/document/index.ts';
import type { Platform } from '../../platform/platform.ts';

export const SHIPPED_DATA: Readonly<Record<string, { readonly title: string; readonly source: Typed }>> = {
  'digits.csv': {
    title: 'Digits (1,797 of 8×8)',
    source: { type: 'csv', args: { file: 'digits.csv', label: 'label', scale: 16, testRows: 360 } },
  },
  'iris.csv': {
    title: 'Iris (150 flowers)',
    source: { type: 'csv', args: { file: 'iris.csv', label: 'species', scale: 1, testRows: 30 } },
  },
};

/** Their texts, so that columns can be compared with inputs before a run. One that cannot be read is left out: the run tells it. */
export async function readShippedData(platform: Pick<Platform, 'readAsset'>): Promise<DataFiles> {
  const names = Object.keys(SHIPPED_DATA);
  const read = await Promise.allSettled(names.map((name) => platform.readAsset(`data/${name}`)));
  return Object.fromEntries(read.flatMap((each, i) => (each.status === 'fulfilled' ? [[names[i]!, each.value]] : [])));
}
