import { beforeEach, expect, it } from 'vitest';
import { newDocument, parseDocument, writeDocument, type ModelDocument } from '../../core/document/index.ts';
import { documentOfClass } from '../../core/document/index.ts';
import { example, exampleText } from '../../core/test/examples.ts';
import { TEMPLATES } from '../../core/test/templates.ts';
import index from '../../assets/templates/index.json';
import { addLine } from '../commands/quick-add/add-line.ts';
import { cornerBelow, insertTemplate, takeTemplate, templateCommands } from '../commands/shared/insert-template.ts';
import { keepClassCommand } from '../commands/templates.command.ts';
import { createMemoryPlatform } from '../platform/memory.ts';
import { createServices } from './create-services.ts';
import type { Services } from './services.ts';

const assets = {
  'templates/index.json': JSON.stringify(index),
  ...Object.fromEntries(TEMPLATES.map(({ name, text }) => [`templates/${name}.espalier`, text])),
};
const noWorker = () => {
  throw new Error('Inserting runs nothing.');
};
let services: Services;
const start = async (document: ModelDocument, platform = createMemoryPlatform(assets)) => {
  services = createServices({ platform, connect: noWorker, document });
  await services.templates.need();
  return platform;
};
const present = () => services.document.getState().document;
const names = () => Object.values(present().classes).map(({ name }) => name);
const shipped = (title: string) => services.templates.getState().all.find((each) => each.title === title)!;

// The window draws; here there is none.
globalThis.requestAnimationFrame ??= () => 0;

beforeEach(() => start(example('digits')));

it('lists every document of the folder, and no other', () => {
  expect(
    services.templates
      .getState()
      .all.map(({ key }) => key)
      .sort(),
  ).toEqual(TEMPLATES.map(({ name }) => `${name}.espalier`).sort());
});

it.each(index.map(({ title }) => title))('inserts %s below all that is there, in one undoable step', (title) => {
  const before = present();
  const openClass = before.classes['classifier']!;
  const corner = cornerBelow(openClass);
  insertTemplate(services, shipped(title));
  const changed = present().classes['classifier']!;
  expect(Object.keys(changed.nodes)).toHaveLength(Object.keys(openClass.nodes).length + 1);
  const [added] = services.session.getState().selection.nodes;
  expect(changed.layout[added!]).toEqual(corner);
  for (const { y } of Object.values(openClass.layout)) expect(corner.y - y).toBeGreaterThan(160);
  const read = parseDocument(writeDocument(present()));
  expect(read.ok && read.problems).toEqual([]);
  services.document.undo();
  expect(present()).toBe(before);
});

it('is wired behind the selection where it is typed in the quick-add field', () => {
  services.session.select({ nodes: ['n6'] });
  const answer = addLine(services, 'MLP hidden=8 as tail', {});
  expect(answer).toMatchObject({ ok: true });
  const model = present().classes['classifier']!;
  expect(model.members.at(-1)).toMatchObject({ name: 'tail', args: { hidden: 8 } });
  expect(names()).toContain('MLP');
  expect(Object.values(model.wires).some(({ from, to }) => from.node === 'n6' && to.port === 'x')).toBe(true);
});

it('stands in for the command palette, and opens in place of a document in which nothing was drawn', async () => {
  expect(templateCommands(services).map(({ title }) => title)).toContain('Insert Template: U-Net');
  await start(documentOfClass(example('block'), 'nowhere'));
  services.document.load(newDocument(), null);
  const context = { ...services, client: { ...services.client, reset: () => undefined, describe: () => undefined } };
  await takeTemplate(context, shipped('U-Net'));
  expect(present().name).toBe('U-Net');
  await takeTemplate(context, shipped('MLP'));
  expect(names().sort()).toEqual(['DoubleConv', 'MLP', 'UNet']);
});

it('keeps the open class with what it needs on the side of the user, and finds it again in another window', async () => {
  const platform = await start(example('block'));
  await keepClassCommand.run(services);
  const title = services.templates.getState().all[0]!.title;
  expect(services.templates.getState().all[0]).toMatchObject({ isOwn: true });
  await start(example('digits'), platform);
  const own = services.templates.getState().all[0]!;
  expect(own.title).toBe(title);
  insertTemplate(services, own);
  expect(names()).toContain('SubModule');
  await services.templates.rename(own.key, 'My block');
  expect(services.templates.getState().all[0]).toMatchObject({ title: 'My block', isOwn: true });
  await services.templates.remove(services.templates.getState().all[0]!.key);
  expect(services.templates.getState().all.some(({ isOwn }) => isOwn)).toBe(false);
});

it('never writes over a block of the library: the same one is kept once, another one under a free title, and no title twice', async () => {
  await start(example('block'));
  const titles = () =>
    services.templates
      .getState()
      .all.filter(({ isOwn }) => isOwn)
      .map(({ title }) => title);
  await keepClassCommand.run(services);
  await keepClassCommand.run(services);
  const [first] = titles();
  expect(titles()).toEqual([first]);
  services.document.edit('Say more', (document) => {
    const { class: id } = document.root;
    return { ...document, classes: { ...document.classes, [id]: { ...document.classes[id]!, doc: 'Another one.' } } };
  });
  await keepClassCommand.run(services);
  expect(titles()).toHaveLength(2);
  expect(services.dialogs.getState().notices.at(-1)!.text).toContain(`as ${titles()[1]}`);
  await expect(services.templates.rename(`own:${titles()[1]}`, first!)).rejects.toThrow(`“${first}” is another block`);
  expect(new Set(titles()).size).toBe(2);
});

it('takes a library that is damaged for an empty one', async () => {
  const platform = createMemoryPlatform(assets);
  platform.preferences.set('library', '{"no": ["library"]');
  await start(example('digits'), platform);
  expect(services.templates.getState().all.every(({ isOwn }) => !isOwn)).toBe(true);
  platform.preferences.set('library', JSON.stringify([{ title: 'Half', text: '{' }, { title: 'Whole', text: exampleText('model') }, 3]));
  await start(example('digits'), platform);
  expect(
    services.templates
      .getState()
      .all.filter(({ isOwn }) => isOwn)
      .map(({ title }) => title),
  ).toEqual(['Whole']);
});
