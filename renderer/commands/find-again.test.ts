import { readFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { parseDocument, removeNodes } from '../../core/document/index.ts';
import { createMemoryPlatform } from '../platform/memory.ts';
import { findIndex, findText } from '../state/derived/find-text.ts';
import { createServices } from '../state/create-services.ts';
import type { Services } from '../state/services.ts';
import { findNextCommand, findPreviousCommand, goToFound } from './find-again.command.ts';

let services: Services;
const state = () => services.session.getState();
const selected = () => state().selection.nodes[0];
const index = () => findIndex(services.document.getState().document, services.check.getState().check);

beforeEach(() => {
  const parsed = parseDocument(readFileSync(new URL('../../assets/examples/block.espalier', import.meta.url), 'utf8'));
  if (!parsed.ok) throw new Error('The example cannot be read.');
  const connect = () => {
    throw new Error('No command of these tests may start a worker.');
  };
  services = createServices({ platform: createMemoryPlatform(), connect, document: parsed.document });
});

it('goes on from what was found, and round at both ends', async () => {
  const found = findText(await index(), 'linear');
  expect(found.length).toBeGreaterThan(1);
  goToFound(services, 'linear', found, 0);
  expect(state().lastFind).toMatchObject({ at: 0, count: found.length });
  await findNextCommand.run(services);
  expect(selected()).toBe(found[1]!.node);
  await findPreviousCommand.run(services);
  await findPreviousCommand.run(services);
  expect(selected()).toBe(found.at(-1)!.node);
  expect(state().lastFind).toMatchObject({ at: found.length - 1 });
  await findNextCommand.run(services);
  expect(selected()).toBe(found[0]!.node);
});

it('goes on with what has its place now, where what was found is gone', async () => {
  const found = findText(await index(), 'linear');
  const at = found.findIndex(({ node, class: of }) => node !== undefined && of === 'submodule');
  goToFound(services, 'linear', found, at);
  services.document.edit('Delete', (document) => removeNodes(document, 'submodule', [found[at]!.node!]));
  await findNextCommand.run(services);
  const now = findText(await index(), 'linear');
  expect(now).toHaveLength(found.length - 1);
  expect(state().lastFind).toMatchObject({ key: now[at % now.length]!.key });
});

it('asks what is sought where nothing was yet', async () => {
  await findNextCommand.run(services);
  expect(services.dialogs.getState().open?.kind).toBe('find');
});
