import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { createServices } from '../state/create-services.ts';
import type { Services } from '../state/services.ts';
import { hasUnsavedChanges } from '../state/document/store.ts';
import { createMemoryPlatform, type MemoryPlatform } from '../platform/memory.ts';
import { isPossible, titleOf } from './command.ts';
import { COMMANDS, findByKeys, findCommand } from '../shell/commands.ts';
import { findFreePoint } from './add-at-centre.ts';
import { addTypeWired } from './add-type.ts';
import { parseDocument, writeDocument } from '../../core/document/index.ts';
import { readCode } from '../../core/parse/index.ts';
import { openAnyFile } from './shared/open-any-file.ts';

const example = (name: string) => readFileSync(new URL(`../../assets/examples/${name}`, import.meta.url), 'utf8');
const block = example('block.espalier');

let platform: MemoryPlatform;
let services: Services;

/** These tests run nothing: a worker that is never asked. */
const noWorker = () => {
  throw new Error('No command of these tests may start a worker.');
};

// The window draws; here there is none.
globalThis.requestAnimationFrame ??= () => 0;

beforeEach(() => {
  const parsed = parseDocument(block);
  if (!parsed.ok) throw new Error('The example cannot be read.');
  platform = createMemoryPlatform({ 'examples/digits.espalier': example('digits.espalier') });
  services = createServices({ platform, connect: noWorker, document: parsed.document });
});

const run = async (id: string) => {
  const command = findCommand(id)!;
  expect(isPossible(command, services), `${id} is possible`).toBe(true);
  await command.run(services);
};
const present = () => services.document.getState().document;
const open = () => services.dialogs.getState().open;
const press = (key: string, modifiers: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey', boolean>> = {}, inTextField = false) =>
  findByKeys({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers }, { inTextField, isMac: false })?.id;

describe('the list', () => {
  it('has each id once', () => {
    const ids = COMMANDS.map((command) => command.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('gives no key to two commands', () => {
    const keys = COMMANDS.flatMap((command) => command.keys);
    expect(keys.filter((each, i) => keys.indexOf(each) !== i)).toEqual([]);
  });

  it('says of each key what its command needs where it is not possible, but where the key is left to others', () => {
    const silent = COMMANDS.filter(({ when, keys, needs }) => when && keys.length > 0 && needs === undefined).map(({ id }) => id);
    const shared = /^(copy|cut|deselect|enter-class|(move|go|select|walk)-.*|(next|previous)-wire)$/;
    expect(silent.filter((id) => !shared.test(id))).toEqual([]);
  });

  it('answers the keys of the product', () => {
    expect(press('z', { ctrlKey: true })).toBe('undo');
    expect(press('Z', { ctrlKey: true, shiftKey: true })).toBe('redo');
    expect(press('y', { ctrlKey: true })).toBe('redo');
    expect(press('s', { ctrlKey: true })).toBe('save');
    expect(press('S', { ctrlKey: true, shiftKey: true })).toBe('save-as');
    expect(press('o', { ctrlKey: true })).toBe('open');
    expect(press('Enter', { ctrlKey: true })).toBe('run');
    expect(press('Delete')).toBe('delete-selection');
    expect(press('Backspace')).toBe('delete-selection');
    expect(press('k', { ctrlKey: true })).toBe('command-palette');
  });

  it('leaves keys to a text field, but for saving, running and the palette', () => {
    expect(press('Delete', {}, true)).toBeUndefined();
    expect(press('z', { ctrlKey: true }, true)).toBeUndefined();
    expect(press('s', { ctrlKey: true }, true)).toBe('save');
    expect(press('Enter', { ctrlKey: true }, true)).toBe('run');
    expect(press('k', { ctrlKey: true }, true)).toBe('command-palette');
  });
});

describe('editing', () => {
  it('deletes what is selected as one step and restores the selection with it', async () => {
    services.session.select({ nodes: ['n4', 'n5'] });
    await run('delete-selection');
    expect(Object.keys(present().classes['block']!.nodes)).not.toContain('n4');
    expect(services.session.getState().selection.nodes).toEqual([]);
    expect(titleOf(findCommand('undo')!, services)).toBe('Undo Delete 2 nodes');
    await run('undo');
    expect(present().classes['block']!.nodes['n4']).toBeDefined();
    expect(services.session.getState().selection.nodes).toEqual(['n4', 'n5']);
  });

  it('deletes a wire and leaves its nodes', async () => {
    services.session.select({ wires: ['w2'] });
    await run('delete-selection');
    expect(present().classes['block']!.wires['w2']).toBeUndefined();
    expect(Object.keys(present().classes['block']!.nodes)).toHaveLength(6);
  });

  it('cannot delete when nothing is selected', () => {
    expect(isPossible(findCommand('delete-selection')!, services)).toBe(false);
  });

  it('duplicates nodes with members of their own and selects the copies', async () => {
    services.session.select({ nodes: ['n2'] });
    await run('duplicate');
    const [copy] = services.session.getState().selection.nodes;
    expect(copy).not.toBe('n2');
    expect(present().classes['block']!.members.map((member) => member.name)).toContain('linear1');
  });

  it('cuts in one class and pastes in another', async () => {
    services.session.select({ nodes: ['n4'] });
    await run('cut');
    services.session.enter({ class: 'submodule', instance: ['submodule'] });
    await run('paste');
    expect(present().classes['block']!.nodes['n4']).toBeUndefined();
    expect(present().classes['submodule']!.members.map((member) => member.type)).toContain('Dropout');
  });

  it('renames the selected member by a dialog, and tells why a name cannot be', async () => {
    services.session.select({ nodes: ['n2'] });
    const renamed = run('rename');
    expect(open()).toMatchObject({ kind: 'rename', what: 'member', name: 'linear', taken: expect.arrayContaining(['dropout']) as unknown });
    services.dialogs.answer('head');
    await renamed;
    expect(present().classes['block']!.members[0]!.name).toBe('head');
    const refused = run('rename');
    services.dialogs.answer('dropout');
    await refused;
    expect(present().classes['block']!.members[0]!.name).toBe('head');
    expect(services.dialogs.getState().notices.at(-1)).toMatchObject({ tone: 'error' });
  });

  it('deletes a node and lays a wire past it', async () => {
    services.session.select({ nodes: ['n4'] });
    await run('delete-and-reconnect');
    const wires = Object.values(present().classes['block']!.wires);
    expect(wires.some((wire) => wire.from.node === 'n3' && wire.to.node === 'n5')).toBe(true);
  });

  it('groups nodes into a class of their own as one step, and selects its call', async () => {
    services.session.select({ nodes: ['n2', 'n3'] });
    await run('group-into-class');
    const added = present().classes['block']!.members.find((member) => member.name === 'block1')!;
    const grouped = present().classes[added.type.slice('class:'.length)]!;
    expect(Object.keys(grouped.nodes)).toEqual(expect.arrayContaining(['n2', 'n3']));
    expect(services.session.getState().selection.nodes).toHaveLength(1);
    await run('undo');
    expect(writeDocument(present())).toBe(block);
  });

  it('tells why a selection makes no class, and changes nothing', async () => {
    services.session.select({ nodes: ['n1'] });
    await run('group-into-class');
    expect(services.dialogs.getState().notices.at(-1)).toMatchObject({ tone: 'error' });
    expect(writeDocument(present())).toBe(block);
  });

  it('connects the selected nodes in the order in which they were selected', async () => {
    services.session.select({ wires: ['w2'] });
    await run('delete-selection');
    const { from, to } = Object.values(
      JSON.parse(block).classes.block.wires as Record<string, { id: string; from: { node: string }; to: { node: string } }>,
    ).find(({ id }) => id === 'w2')!;
    services.session.select({ nodes: [from.node, to.node] });
    await run('connect-selected');
    expect(Object.values(present().classes['block']!.wires)).toContainEqual(expect.objectContaining({ from, to }));
    expect(titleOf(findCommand('undo')!, services)).toBe('Undo Connect');
  });

  it('tells why nodes cannot be connected', async () => {
    services.session.select({ nodes: ['n2', 'n1'] });
    await run('connect-selected');
    expect(services.dialogs.getState().notices.at(-1)).toMatchObject({ tone: 'error' });
    expect(writeDocument(present())).toBe(block);
  });

  it('adds a class with a node that calls it, enters it and comes back', async () => {
    await run('new-class');
    const added = present().classes['block']!.members.at(-1)!;
    expect(added.type).toMatch(/^class:/);
    await run('enter-class');
    expect(services.session.getState().open).toEqual([{ class: added.type.slice('class:'.length), instance: [added.name] }]);
    await run('leave-class');
    expect(services.session.getState().open).toEqual([]);
    await run('undo');
    expect(Object.keys(present().classes)).toEqual(['block', 'submodule']);
  });

  it('wires a new class as whatever else is added: behind what is selected, or into the wire', async () => {
    const { nodes, wires } = present().classes['block']!;
    const [input] = Object.values(nodes).filter(({ kind }) => kind === 'input');
    const wire = Object.values(wires).find(({ from }) => from.node === input!.id)!;
    services.session.select({ wires: [wire.id] });
    await run('new-class');
    const [added] = services.session.getState().selection.nodes;
    const now = Object.values(present().classes['block']!.wires).map(({ from, to }) => `${from.node}>${to.node}`);
    expect(now).toEqual(expect.arrayContaining([`${wire.from.node}>${added}`, `${added}>${wire.to.node}`]));
    expect(now).not.toContain(`${wire.from.node}>${wire.to.node}`);
  });

  it('adds a type in the open class with the values that it starts with', () => {
    addTypeWired(services, 'Dropout');
    expect(present().classes['block']!.members.at(-1)).toMatchObject({ type: 'Dropout', args: { rate: 0.5 } });
    expect(services.session.getState().selection.nodes).toHaveLength(1);
  });

  it('puts a second node beside the first', () => {
    addTypeWired(services, 'relu');
    addTypeWired(services, 'relu');
    const { layout, nodes } = present().classes['block']!;
    const [first, second] = Object.values(nodes).filter((node) => node.kind === 'op');
    expect(layout[first!.id]).not.toEqual(layout[second!.id]);
  });

  it('refuses a class inside itself, and says so', () => {
    services.session.enter({ class: 'submodule', instance: ['submodule'] });
    addTypeWired(services, 'class:block');
    expect(services.dialogs.getState().notices.at(-1)?.text).toMatch(/would contain itself/);
  });

  it('switches between train and eval as undoable settings', async () => {
    await run('toggle-mode');
    expect(present().settings.map((setting) => setting.kind)).toEqual(['eval']);
    await run('toggle-mode');
    expect(present().settings.map((setting) => setting.kind)).toEqual(['train']);
    await run('undo');
    expect(present().settings.map((setting) => setting.kind)).toEqual(['eval']);
  });
});

describe('files', () => {
  it('saves the training script for the code beside it (X9)', async () => {
    platform.nextSaveAs = 'models/train_block.py';
    await run('save-training');
    expect(platform.files.get('models/train_block.py')).toContain('from block_with_submodule import model');
  });

  it('saves where the user says, and to the same file from then on', async () => {
    platform.nextSaveAs = '/models/block.espalier';
    await run('toggle-mode');
    await run('save');
    expect(hasUnsavedChanges(services.document.getState())).toBe(false);
    await run('toggle-mode');
    platform.nextSaveAs = undefined;
    await run('save');
    expect(platform.files.get('/models/block.espalier')).toBe(writeDocument(present()));
    expect(hasUnsavedChanges(services.document.getState())).toBe(false);
  });

  it('stays unsaved when the user cancels', async () => {
    await run('toggle-mode');
    await run('save');
    expect(hasUnsavedChanges(services.document.getState())).toBe(true);
  });

  it('asks before unsaved changes are left, and stays when the user cancels', async () => {
    await run('toggle-mode');
    const before = present();
    const asked = run('new');
    await Promise.resolve();
    expect(open()).toMatchObject({ kind: 'confirmUnsaved' });
    services.dialogs.answer();
    await asked;
    expect(present()).toBe(before);
  });

  it.each([
    ['what is no JSON', '{ "format": ', /line 1/],
    ['a newer version', JSON.stringify({ ...JSON.parse(block), version: 99 }), /99/],
    ['another program’s file', '{"nodes": []}', /format/],
  ])('refuses %s, names the place and keeps what is open', async (_name, text, place) => {
    const before = present();
    platform.nextOpened = { name: 'bad.espalier', handle: '/bad.espalier', text };
    await run('open');
    const dialog = open();
    expect(dialog).toMatchObject({ kind: 'error', title: 'bad.espalier could not be opened' });
    expect(JSON.stringify(dialog)).toMatch(place);
    expect(present()).toBe(before);
  });
});

describe('a new node', () => {
  const classWith = (layout: Readonly<Record<string, { readonly x: number; readonly y: number }>>) => ({
    ...present().classes[present().root.class]!,
    layout,
  });

  it('lands where it is wanted, or at the nearest place that is free (E9)', () => {
    const wanted = { x: 100, y: 50 };
    expect(findFreePoint(classWith({}), wanted)).toEqual(wanted);
    const placed: Record<string, { x: number; y: number }> = {};
    for (let i = 0; i < 60; i++) {
      const at = findFreePoint(classWith(placed), wanted);
      expect(Object.values(placed).every(({ x, y }) => Math.abs(x - at.x) >= 208 || Math.abs(y - at.y) >= 112)).toBe(true);
      placed[i] = at;
    }
    // Sixty nodes stay within a few steps around.
    expect(
      Math.max(...Object.values(placed).map(({ x, y }) => Math.max(Math.abs(x - wanted.x) / 208, Math.abs(y - wanted.y) / 112))),
    ).toBeLessThanOrEqual(5);
  });
});

describe('Edit Code', () => {
  it('changes the model by one step, which keeps what stays where it is, and is undone by one', async () => {
    const before = present();
    const asked = run('edit-code');
    const question = open();
    if (question?.kind !== 'editCode') throw new Error('Nothing was asked.');
    const code = question.text.replace(/^model = .*$/m, (line) => `${line}\nmodel.eval()`);
    const read = readCode(code, before);
    if (!read.ok) throw new Error(read.message);
    services.dialogs.answer({ as: 'change', document: read.document });
    await asked;
    expect(present().settings.map(({ kind }) => kind)).toContain('eval');
    expect(present().classes).toEqual(before.classes);
    await run('undo');
    expect(present()).toBe(before);
  });

  it('opens a Python file as a model of its own, with a place for every node', async () => {
    const code =
      'from flax import nnx\n\n\nclass Net(nnx.Module):\n    def __call__(self, x):\n        return nnx.relu(x)\n\n\nmodel = Net()\n';
    const opening = openAnyFile(services, { name: 'net.py', handle: null, text: code });
    expect(open()).toMatchObject({ kind: 'editCode', name: 'net.py' });
    const read = readCode(code);
    if (!read.ok) throw new Error(read.message);
    services.dialogs.answer({ as: 'new', document: read.document });
    expect(await opening).toBe(true);
    const [net] = Object.values(present().classes);
    expect(net?.name).toBe('Net');
    expect(Object.keys(net?.layout ?? {}).sort()).toEqual(Object.keys(net?.nodes ?? {}).sort());
  });
});
