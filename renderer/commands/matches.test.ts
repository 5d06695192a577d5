import { readFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { parseDocument, type Path } from '../../core/document/index.ts';
import { createMemoryPlatform } from '../platform/memory.ts';
import { createServices } from '../state/create-services.ts';
import type { Services } from '../state/services.ts';
import { invoke } from './command.ts';
import { matchedCalls } from './shared/matched-calls.ts';
import { probeMatchesCommand } from './probe-matches.command.ts';
import { selectMatchesCommand } from './select-matches.command.ts';

let services: Services;

const open = (name: string) => {
  const parsed = parseDocument(readFileSync(new URL(`../../assets/examples/${name}`, import.meta.url), 'utf8'));
  if (!parsed.ok) throw new Error('The example cannot be read.');
  const connect = () => {
    throw new Error('No command of these tests may start a worker.');
  };
  services = createServices({ platform: createMemoryPlatform(), connect, document: parsed.document });
};
const match = (text: string, paths: readonly Path[]) => {
  services.session.set({ filterText: text, filterActive: true });
  services.runs.setState({ match: { text, paths, attributes: [] } });
};
const present = () => services.document.getState().document;
const probes = () => Object.values(present().classes).flatMap((each) => each.probes);

beforeEach(() => open('digits.espalier'));

it('selects the calls of what matches in the open class', () => {
  match('Linear', [['linear1'], ['dropout']]);
  invoke(selectMatchesCommand, services);
  expect(services.session.getState().selection.nodes).toHaveLength(2);
});

it('goes by the text that is there: an answer to another question selects nothing', () => {
  match('Linear', [['linear1']]);
  services.session.set({ filterText: 'Line' });
  invoke(selectMatchesCommand, services);
  expect(services.session.getState().selection.nodes).toEqual([]);
});

it('probes each call of what matches in one step, and none twice', () => {
  services.document.edit('Remove all probes', (document) => ({
    ...document,
    classes: Object.fromEntries(Object.entries(document.classes).map(([id, each]) => [id, { ...each, probes: [] }])),
  }));
  match('x', [['dropout'], ['batchNorm'], []]);
  const before = present();
  invoke(probeMatchesCommand, services);
  expect(probes().map(({ name, kind }) => [name, kind])).toEqual([
    ['dropoutOut', 'sow'],
    ['batchNormOut', 'sow'],
  ]);
  const probed = present();
  invoke(probeMatchesCommand, services);
  expect(present()).toBe(probed);
  services.document.undo();
  expect(present()).toBe(before);
});

it('finds the call of a layer for what lies inside it', () => {
  expect(matchedCalls(present(), [['linear1', 'anything']])).toEqual(matchedCalls(present(), [['linear1']]));
  expect(matchedCalls(present(), [['nowhere']])).toEqual([]);
});
