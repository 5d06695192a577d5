import { readFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { parseDocument, writeDocument, type AttributeValue, type Path } from '../../core/document/index.ts';
import type { ModuleInfo } from '../../core/run/index.ts';
import { createMemoryPlatform } from '../platform/memory.ts';
import { createServices } from '../state/create-services.ts';
import { undoLabel } from '../state/document/store.ts';
import type { Services } from '../state/services.ts';
import { invoke, isPossible, titleOf } from './command.ts';
import { switchModeCommand } from './switch-mode.command.ts';

let services: Services;

const module = (path: Path, modes: Readonly<Record<string, AttributeValue>> = {}): ModuleInfo => ({
  path,
  type: 'Any',
  paramCount: 0,
  variables: [],
  attributes: Object.entries(modes).map(([name, value]) => ({ name, value, mode: true })),
  alsoAt: [],
});
const present = () => services.document.getState().document;
const nodeOf = (name: string) => {
  const { nodes, members } = present().classes[present().root.class]!;
  const member = members.find((each) => each.name === name)!;
  return Object.values(nodes).find((node) => node.kind === 'call' && node.member === member.id)!.id;
};

beforeEach(() => {
  const parsed = parseDocument(readFileSync(new URL('../../assets/examples/digits.espalier', import.meta.url), 'utf8'));
  if (!parsed.ok) throw new Error('The example cannot be read.');
  const connect = () => {
    throw new Error('No command of these tests may start a worker.');
  };
  services = createServices({ platform: createMemoryPlatform(), connect, document: { ...parsed.document, settings: [] } });
  services.runs.setState({
    modules: [
      module(['linear1']),
      module(['dropout'], { deterministic: false }),
      module(['batchNorm'], { useRunningAverage: false }),
      module([]),
    ],
  });
});

it('sets just what is selected to eval, in one step that says so, and is gone when undone', () => {
  const before = writeDocument(present());
  services.session.select({ nodes: [nodeOf('dropout'), nodeOf('linear1')] });
  expect(titleOf(switchModeCommand, services)).toBe('Set dropout to Eval');
  invoke(switchModeCommand, services);
  expect(present().settings).toMatchObject([{ kind: 'set', only: { kind: 'modules' }, attributes: { deterministic: true } }]);
  expect(undoLabel(services.document.getState())).toBe('Set dropout to eval');
  services.document.undo();
  expect(writeDocument(present())).toBe(before);
});

it('is one call for several, by the attributes that they have', () => {
  services.session.select({ nodes: [nodeOf('dropout'), nodeOf('batchNorm')] });
  invoke(switchModeCommand, services);
  expect(present().settings).toMatchObject([{ attributes: { deterministic: true, useRunningAverage: true } }]);
});

it('works on Modules of the structure lens, and not where nothing trains or evaluates', () => {
  services.session.set({ lens: 'structure' });
  services.session.select({ modules: [JSON.stringify(['dropout'])] });
  invoke(switchModeCommand, services);
  expect(present().settings).toHaveLength(1);
  services.session.select({ modules: [JSON.stringify(['linear1'])] });
  expect(isPossible(switchModeCommand, services)).toBe(false);
});

it('waits for the live model of what was just made, and says where that has no modes', async () => {
  services.runs.setState({ modules: [module([])] });
  services.session.select({ nodes: [nodeOf('dropout')] });
  expect(isPossible(switchModeCommand, services)).toBe(true);
  const done = switchModeCommand.run(services);
  expect(present().settings).toEqual([]);
  services.runs.setState({ modules: [module(['dropout'], { deterministic: false }), module([])] });
  await done;
  expect(present().settings).toMatchObject([{ attributes: { deterministic: true } }]);
  services.document.undo();

  services.runs.setState({ modules: [module([])] });
  services.session.select({ nodes: [nodeOf('linear1')] });
  const none = switchModeCommand.run(services);
  services.runs.setState({ modules: [module(['linear1']), module([])] });
  await none;
  expect(services.dialogs.getState().notices.at(-1)?.text).toMatch(/^Nothing of what is selected/);
});

it('gives up where the document is another one by then', async () => {
  services.runs.setState({ modules: [module([])] });
  services.session.select({ nodes: [nodeOf('dropout')] });
  const done = switchModeCommand.run(services);
  services.document.edit('Rename', (document) => ({ ...document, name: 'Other' }));
  services.runs.setState({ modules: [module(['dropout'], { deterministic: false }), module([])] });
  await done;
  expect(present().settings).toEqual([]);
});
