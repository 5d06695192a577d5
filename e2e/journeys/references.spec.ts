import { faultDocument } from '../documents.ts';
import { expect, test } from '../fixtures.ts';

test('a setting follows its module through a rename, a group and an undo, and goes with it (E1)', async ({ editor }) => {
  await editor.openExample('Digits classifier');
  await editor.ready('2,474');
  const bar = editor.page.getByRole('form', { name: 'Filter' });
  await bar.getByRole('combobox', { name: 'Filter modules' }).fill('path:dropout');
  await bar.getByLabel('Attribute to set').selectOption('deterministic');
  await bar.getByRole('button', { name: 'Set on matches' }).click();
  await expect(editor.node('dropout')).toContainText('eval');

  await editor.node('dropout').click();
  await editor.press('F2');
  await editor.page.getByRole('dialog').getByRole('textbox').fill('noise');
  await editor.page.keyboard.press('Enter');
  await expect(editor.node('noise')).toContainText('eval');
  await editor.node('noise').click();
  await editor.node('linear2').click({ modifiers: ['Shift'] });
  await editor.press('Control+g');
  await expect(editor.node('block')).toBeVisible();
  await editor.run();
  await editor.lens('Structure');
  await expect(editor.node('block.noise')).toContainText('deterministictrue');
  await editor.lens('Data flow');
  await editor.node('block').click();
  await editor.press('Delete');
  await editor.tab('Code');
  await expect(editor.panel('Code')).not.toContainText('set_attributes');
  while (await editor.undoButton.isEnabled()) await editor.undoButton.click();
  await editor.ready('2,474');
  await expect(editor.node('dropout')).toContainText('train');
});

test('of two uses of a class, the one that does not fit is marked (E5)', async ({ editor }) => {
  await editor.withoutPickers();
  await editor.open('twice.espalier', JSON.stringify(blockTwice));
  await expect(editor.status).toContainText('problem');
  await expect(editor.node('wrong')).toHaveAccessibleName(/problem|expected/i);
  await expect(editor.node('right')).not.toHaveAccessibleName(/problem|expected/i);
  await editor.tab('Problems');
  await expect(editor.panel('Problems')).toContainText('wrong');
});

test('a class shows the ports that its use gives it, and takes wires there (E8)', async ({ editor }) => {
  await editor.withoutPickers();
  await editor.open('join.espalier', JSON.stringify(joinOfThree));
  await expect(editor.status).toContainText('problem');
  await editor.node('join').dblclick();
  const handles = editor.node('concatenate').locator('.react-flow__handle.target');
  await expect(handles).toHaveCount(3);
  await editor.node('concatenate').click();
  await expect(editor.inspector.getByRole('term')).toHaveText(['x0', 'x1', 'x2', 'y']);
  await editor.connect('x', 'concatenate', { input: 'x2' });
  await expect(editor.status).toContainText('No problems');
  await editor.undoButton.click();
  await expect(editor.status).toContainText('problem');
  // Without a pointer: the free one is found.
  await editor.node('x').click();
  await editor.node('concatenate').click({ modifiers: ['Shift'] });
  await editor.press('c');
  await expect(editor.status).toContainText('No problems');
});

test('names in Python are those that a person would write (E6)', async ({ editor }) => {
  await editor.openExample('Digits classifier');
  await editor.ready('2,474');
  for (const [before, name] of [
    ['linear1', 'hidden_layer'],
    ['dropout', 'conv2D'],
    ['linear2', 'HTTPSize'],
  ] as const) {
    await editor.node(before).click();
    await editor.press('F2');
    await editor.page.getByRole('dialog').getByRole('textbox').fill(name);
    await editor.page.keyboard.press('Enter');
    await expect(editor.node(name)).toBeVisible();
  }
  await editor.tab('Code');
  const code = editor.panel('Code');
  for (const python of ['self.hidden_layer = ', 'self.conv2d = ', 'self.http_size = ']) await expect(code).toContainText(python);
});

test('what is too large is said on its node with the bytes, and not built (E10)', async ({ editor }) => {
  await editor.withoutPickers();
  await editor.open('huge.espalier', faultDocument('huge-linear'));
  await editor.tab('Problems');
  await expect(editor.panel('Problems')).toContainText('2.235 GiB');
  await editor.press('Control+Enter');
  await editor.tab('Problems');
  await expect(editor.panel('Problems')).toContainText('2.235 GiB');
});

test('nothing of a hostile document becomes code, and it opens, is checked and saved all the same (X1, X2, X3)', async ({ editor }) => {
  await editor.withoutPickers();
  for (const name of ['inject-view-name', 'inject-field-default-expression', 'field-name-regexp', 'split-sections-1e6', 'class-tree-18']) {
    await test.step(name, async () => {
      await editor.open(`${name}.espalier`, faultDocument(name));
      await editor.tab('Code');
      const code = editor.panel('Code').locator('.cm-content');
      await expect(code).toContainText('class ');
      const lines = (await code.innerText()).split('\n');
      expect(lines.filter((line) => /__import__|os\.system/.test(line) && !/^\s*(#|""")/.test(line))).toEqual([]);
      expect(JSON.parse(await editor.save())).toMatchObject({ format: 'espalier' });
    });
  }
});

const input = (id: string, width: unknown) => ({ id, kind: 'input', name: 'x', order: 0, shape: ['batch', width], dtype: 'float32' });
const wireBetween = (id: string, from: string, out: string, to: string, into: string) => ({
  id,
  from: { node: from, port: out },
  to: { node: to, port: into },
});

const run = {
  seed: 0,
  source: { kind: 'ones' },
  batchSize: 2,
  loss: { kind: 'mean' },
  optimizer: { type: 'sgd', args: { learningRate: 0.1 } },
  steps: 3,
};

/** `Join` of `n` inputs, a field without a default; used with three, of which two are wired. */
const joinOfThree = {
  format: 'espalier',
  version: 1,
  name: 'Join of three',
  classes: {
    j: {
      id: 'j',
      name: 'Join',
      doc: '',
      fields: [{ name: 'n', type: 'int' }],
      members: [],
      nodes: {
        i: input('i', 4),
        c: { id: 'c', kind: 'op', op: 'concatenate', args: { inputs: { $: 'n' } } },
        o: { id: 'o', kind: 'output', name: 'y', order: 0 },
      },
      wires: {
        w1: wireBetween('w1', 'i', 'out', 'c', 'x0'),
        w2: wireBetween('w2', 'i', 'out', 'c', 'x1'),
        w3: wireBetween('w3', 'c', 'y', 'o', 'in'),
      },
      probes: [],
      layout: { i: { x: 0, y: 0 }, c: { x: 240, y: 0 }, o: { x: 480, y: 0 } },
    },
    root: {
      id: 'root',
      name: 'Net',
      doc: '',
      fields: [],
      members: [{ id: 'm1', name: 'join', type: 'class:j', args: { n: 3 } }],
      nodes: { i: input('i', 4), r: { id: 'r', kind: 'call', member: 'm1' }, o: { id: 'o', kind: 'output', name: 'y', order: 0 } },
      wires: { w1: wireBetween('w1', 'i', 'out', 'r', 'x'), w2: wireBetween('w2', 'r', 'y', 'o', 'in') },
      probes: [],
      layout: { i: { x: 0, y: 0 }, r: { x: 240, y: 0 }, o: { x: 480, y: 0 } },
    },
  },
  root: { class: 'root', args: {} },
  settings: [],
  views: [],
  run,
};

/** `Block` of width 64 and of width 128, behind one input of 64. */
const blockTwice = {
  format: 'espalier',
  version: 1,
  name: 'Twice',
  classes: {
    b: {
      id: 'b',
      name: 'Block',
      doc: '',
      fields: [{ name: 'width', type: 'int' }],
      members: [{ id: 'm', name: 'linear', type: 'Linear', args: { inFeatures: { $: 'width' }, outFeatures: { $: 'width' } } }],
      nodes: {
        i: input('i', { $: 'width' }),
        l: { id: 'l', kind: 'call', member: 'm' },
        o: { id: 'o', kind: 'output', name: 'y', order: 0 },
      },
      wires: { w1: wireBetween('w1', 'i', 'out', 'l', 'x'), w2: wireBetween('w2', 'l', 'y', 'o', 'in') },
      probes: [],
      layout: { i: { x: 0, y: 0 }, l: { x: 240, y: 0 }, o: { x: 480, y: 0 } },
    },
    root: {
      id: 'root',
      name: 'Net',
      doc: '',
      fields: [],
      members: [
        { id: 'm1', name: 'right', type: 'class:b', args: { width: 64 } },
        { id: 'm2', name: 'wrong', type: 'class:b', args: { width: 128 } },
      ],
      nodes: {
        i: input('i', 64),
        r: { id: 'r', kind: 'call', member: 'm1' },
        w: { id: 'w', kind: 'call', member: 'm2' },
        o: { id: 'o', kind: 'output', name: 'y', order: 0 },
      },
      wires: {
        w1: wireBetween('w1', 'i', 'out', 'r', 'x'),
        w2: wireBetween('w2', 'r', 'y', 'w', 'x'),
        w3: wireBetween('w3', 'w', 'y', 'o', 'in'),
      },
      probes: [],
      layout: { i: { x: 0, y: 0 }, r: { x: 240, y: 0 }, w: { x: 480, y: 0 }, o: { x: 720, y: 0 } },
    },
  },
  root: { class: 'root', args: {} },
  settings: [],
  views: [],
  run,
};
