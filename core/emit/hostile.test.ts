/** X1: nothing of a document becomes code but checked names, printed expressions and literals. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../check/check-document.ts';
import type { ModelDocument } from '../document/schema.ts';
import { EVERY_PLACE, HOSTILE, HOSTILE_PARTS, hostileAlone, hostileDocument, MARKER } from '../test/hostile-documents.ts';
import { setInput } from '../document/edits/nodes.ts';
import { setRun } from '../document/edits/run.ts';
import { addMember } from '../document/edits/members.ts';
import { connect } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import { chain } from '../test/chain.ts';
import { example } from '../test/examples.ts';
import { anyDocument } from '../test/random-documents.ts';
import { emitDocument, emitTraining } from './emit-document.ts';
import { TARGETS, type TargetName } from './targets.gen.ts';

/** Python source without its literals and comments; throws where a literal does not end on its line or a bracket does not close. */
function bareCode(source: string): string {
  // oxlint-disable-next-line no-control-regex
  expect(source).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
  const bare = source.replaceAll(/"""(?:[^"\\]|\\[^]|"(?!""))*"""|'(?:[^'\\\n\r]|\\[^\n\r])*'|#[^\n\r]*/g, ' ');
  if (/['"\\#]/.test(bare)) throw new Error(`An open literal:\n${bare}`);
  if (/[^\n -~]/.test(bare)) throw new Error(`A character that code has not:\n${bare}`);
  let depth = 0;
  for (const character of bare) {
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth < 0) throw new Error(`A bracket too many:\n${bare}`);
  }
  if (depth !== 0) throw new Error(`An open bracket:\n${bare}`);
  return bare;
}

function codeOf(document: ModelDocument): string {
  const result = emitDocument(document, 'flax');
  if (!result.ok) throw new Error(result.problem.message);
  return result.code;
}

describe('hostile texts (X1)', () => {
  it('leave a sound model of every place untouched, which has no problem', () => {
    expect(checkDocument(EVERY_PLACE).problems.filter(({ severity, scope }) => severity === 'error' && scope !== 'run')).toEqual([]);
    expect(codeOf(EVERY_PLACE)).not.toContain('left out');
  });

  it.each(HOSTILE_PARTS)('stay in literals and comments, each alone in each place of %s', (part) => {
    for (const document of hostileAlone(part)) expect(bareCode(codeOf(document))).not.toContain(MARKER);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('stay in literals and comments, several together (seed %i)', (seed) => {
    fc.assert(
      fc.property(hostileDocument, (document) => {
        expect(bareCode(codeOf(document))).not.toContain(MARKER);
      }),
      { numRuns: 40, seed },
    );
  });

  it.each([`__import__('os').system('${MARKER}')\n`, 'with a space', 'class', 'model', ''])('leave out a view named %j', (name) => {
    const block = example('block');
    const document = { ...block, views: block.views.map((view) => ({ ...view, name })) };
    expect(
      codeOf(document)
        .split('\n')
        .filter((line) => line.includes('left out')),
    ).toEqual([expect.stringMatching(/^# left out: the view .*expected a name/)]);
    expect(codeOf(document)).not.toContain('with_attributes');
  });

  it.each(Object.keys(TARGETS) as TargetName[])(
    'are refused by their place where %s needs a name, and are never a fault of ours',
    (target) => {
      for (const part of HOSTILE_PARTS.filter((each) => /name|members|fields/.test(each)))
        for (const document of hostileAlone(part)) {
          const [result, script] = [emitDocument(document, target), emitTraining(document, target, { texts: {} })];
          expect([result, script].map((each) => each.ok || each.problem.code)).not.toContain('internal/emit');
        }
      const document = chain(3);
      const [first, ...others] = document.classes['root']!.members;
      for (const name of HOSTILE) {
        const members = [{ ...first!, name }, ...others];
        const result = emitDocument({ ...document, classes: { root: { ...document.classes['root']!, members } } }, target);
        if (!result.ok && result.problem.code !== 'emit/refused')
          expect(result.problem).toMatchObject({ code: 'name/invalid', place: { class: 'root', member: 'm0' } });
      }
    },
  );

  it('leave out a default that is no value, and the model that lacks it', () => {
    const block = example('block');
    const { fields } = block.classes['block']!;
    const field = { name: 'q', type: 'int', default: { $: `__import__('os').system('${MARKER}')` } } as const;
    const document = { ...block, classes: { ...block.classes, block: { ...block.classes['block']!, fields: [...fields, field] } } };
    const code = codeOf(document);
    expect(code).toContain('def __init__(self, din: int, dout: int, *, q: int, rngs: nnx.Rngs):');
    expect(code).toMatch(/^# left out: the model: .*expected an operator/m);
    expect(code).not.toMatch(/^model = /m);
  });

  it.each(HOSTILE)('of a table stay in literals of the training script: %j', (hostile) => {
    // A name of a column, a word, a class and the file.
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const rows = ['1,a', `2,${cell(hostile)}`, '3,b', `4,${cell(hostile)}`].map(
      (row, i) => `${row},${i % 2 === 0 ? 'no' : cell(`${hostile}x`)}`,
    );
    const text = `${cell(`${hostile}1`)},${cell(`${hostile}2`)},label\n${rows.join('\n')}\n`;
    const file = `${hostile}.csv`;
    const added = addMember(setInput(newDocument(), 'c1', 'n1', { shape: ['batch', 4] }), 'c1', {
      type: 'Linear',
      args: { inFeatures: 4, outFeatures: 2 },
      at: { x: 0, y: 0 },
    });
    const wired = connect(added.document, 'c1', { node: 'n1', port: 'out' }, { node: added.node, port: 'x' });
    const document = setRun(connect(wired, 'c1', { node: added.node, port: 'y' }, { node: 'n2', port: 'in' }), {
      source: { type: 'csv', args: { file, label: 'label', scale: 1, testRows: 1, header: true, separator: ',' } },
      loss: { type: 'crossEntropy', args: {} },
    });
    const script = emitTraining(document, 'flax', { texts: { [file]: text } });
    // An empty word is a gap: then there are too few columns, and a word says so.
    expect(script.ok || script.problem.code).toBe(hostile.trim() === '' ? 'source/features' : true);
    if (script.ok) expect(bareCode(script.code)).not.toContain(MARKER);
  });

  it.each([1, 2, 3, 4])('of any document at all: there is always code, or a word on why not (seed %i)', (seed) => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        bareCode(codeOf(document));
      }),
      { numRuns: 50, seed },
    );
  });
});
