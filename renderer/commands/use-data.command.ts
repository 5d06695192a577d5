/** @file The data without the inspector: those that ship, and what would make the model fit them. */
import { fitToData } from '../../core/check/index.ts';
import { setRun } from '../../core/document/index.ts';
import { SHIPPED_DATA } from '../state/derived/shipped-data.ts';
import type { Command } from './command.ts';

export const useDataCommands: readonly Command[] = Object.entries(SHIPPED_DATA).map(([file, { title, source }], i) => ({
  id: `use-data-${file}`,
  title: `Use Data: ${title}`,
  group: 'run',
  section: 2,
  order: 10 + i,
  keys: [],
  run: ({ document }) => document.edit('Choose data', (model) => setRun(model, { source })),
}));

export const fitToDataCommand: Command = {
  id: 'fit-to-data',
  title: 'Fit the Model to the Data',
  group: 'run',
  section: 2,
  order: 30,
  keys: [],
  when: ({ document, data }) => fitToData(document.getState().document, data.files()) !== undefined,
  run: ({ document, data }) => document.edit('Fit the model to the data', (model) => fitToData(model, data.files())?.document ?? model),
};
