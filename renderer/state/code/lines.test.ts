import { expect, it } from 'vitest';
import { addClass } from '../../../core/document/edits/classes.ts';
import { template } from '../../../core/test/templates.ts';
import { createDerived } from '../derived/derived.ts';
import { linesOfNodes, placeOfLine } from './lines.ts';
import { shownCode, type ShownCode } from './shown-code.ts';

const residual = template('residual-cnn');
const derived = createDerived();
const root = residual.classes[residual.root.class]!;
const block = Object.values(residual.classes).find(({ id }) => id !== root.id)!;

function sound(code: ShownCode): ShownCode & { ok: true } {
  if (!code.ok) throw new Error(code.message);
  return code;
}

const open = [{ class: block.id, instance: ['blocks', 0] }];

it('lights the line where a member is made and that where a node calls it, and leads back from both', () => {
  const code = sound(shownCode(derived, residual, { codeTarget: 'flax', codePart: 'model', open: [] }));
  const [node] = Object.values(root.nodes).filter(({ kind }) => kind === 'call');
  const lit = linesOfNodes(code.marks, root, [node!.id]);
  const texts = lit.map((line) => code.text.split('\n')[line]!.trim());
  expect(texts).toEqual([expect.stringMatching(/^self\.\w+ = /), expect.stringMatching(/ = self\.\w+\(/)]);
  expect(placeOfLine(code.marks, lit[0]!)).toEqual({ class: root.id, member: (node as { member: string }).member });
  expect(placeOfLine(code.marks, lit[1]!)).toEqual({ class: root.id, node: node!.id });
});

it('cuts out the open class, with the numbers that its lines have in the whole', () => {
  const whole = sound(shownCode(derived, residual, { codeTarget: 'flax', codePart: 'model', open }));
  const cut = sound(shownCode(derived, residual, { codeTarget: 'flax', codePart: 'class', open }));
  const lines = cut.text.split('\n');
  expect(lines[0]).toBe(`class ${block.name}(nnx.Module):`);
  expect(cut.text.match(/^class /gm)).toHaveLength(1);
  expect(whole.text.split('\n').slice(cut.firstLine, cut.firstLine + lines.length - 1)).toEqual(lines.slice(0, -1));
  expect(cut.marks).toHaveLength(lines.length - 1);
});

it('says so where the open class is not part of the model', () => {
  const { document, class: id } = addClass(residual, { name: 'Spare' });
  const shown = shownCode(derived, document, { codeTarget: 'flax', codePart: 'class', open: [{ class: id, instance: [] }] });
  expect(shown).toMatchObject({ ok: false, message: expect.stringContaining('Spare is not part of the model') });
});

it('shows the training script of a target that has one, and says so of one that has none', () => {
  const flax = shownCode(derived, template('mlp'), { codeTarget: 'flax', codePart: 'training', open: [] });
  expect(flax).toMatchObject({ title: 'Flax NNX training script' });
  expect(shownCode(derived, residual, { codeTarget: 'typescript', codePart: 'training', open: [] })).toMatchObject({
    ok: false,
    message: expect.stringContaining('no training script for TypeScript'),
  });
});
