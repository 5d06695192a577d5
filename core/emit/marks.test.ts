import { describe, expect, it } from 'vitest';
import { addOp } from '../document/edits/nodes.ts';
import type { ModelDocument } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { example } from '../test/examples.ts';
import { template } from '../test/templates.ts';
import { emitDocument } from './emit-document.ts';
import type { CodeMark } from './marks.ts';
import type { TargetName } from './targets.gen.ts';

interface Line {
  readonly text: string;
  readonly mark: CodeMark | undefined;
}

function linesOf(document: ModelDocument, target: TargetName): readonly Line[] {
  const result = emitDocument(document, target);
  if (!result.ok) throw new Error(result.problem.message);
  const texts = result.code.split('\n').slice(0, -1);
  expect(result.marks).toHaveLength(texts.length);
  return texts.map((text, i) => ({ text, mark: result.marks[i] }));
}

describe.each(['flax', 'keras', 'pytorch', 'typescript'] as const)('the marks of %s code', (target) => {
  it.each(['residual-cnn', 'transformer-encoder', 'u-net', 'tied-autoencoder'])(
    'reach every node and member of %s that the code has',
    (name) => {
      const document = template(name);
      const lines = linesOf(document, target);
      for (const modelClass of Object.values(document.classes)) {
        const own = lines.filter(({ mark }) => mark?.class === modelClass.id);
        const marked = new Set(own.flatMap(({ mark }) => mark?.nodes ?? []));
        expect(Object.keys(modelClass.nodes).filter((id) => !marked.has(id))).toEqual([]);
        const made = new Set(own.flatMap(({ mark }) => mark?.member ?? []));
        expect(modelClass.members.filter(({ id }) => !made.has(id))).toEqual([]);
      }
    },
  );

  it('keep a class in one stretch of lines', () => {
    const lines = linesOf(template('residual-cnn'), target);
    const classes = lines.flatMap(({ mark }, i) => (mark && mark.class !== lines[i - 1]?.mark?.class ? [mark.class] : []));
    expect(classes).toHaveLength(new Set(classes).size);
  });

  it('stand where the node is called and where its member is made', () => {
    const document = example('digits');
    const root = document.classes[document.root.class]!;
    const lines = linesOf(document, target);
    for (const [id, node] of Object.entries(root.nodes)) {
      if (node.kind !== 'call') continue;
      const words = graphOf(root)
        .memberOf(node.member)!
        .name.replaceAll(/[A-Z_]/g, '.?.');
      const called = lines.filter(({ mark }) => mark?.nodes?.[0] === id).map(({ text }) => text);
      const made = lines.filter(({ mark }) => mark?.member === node.member).map(({ text }) => text);
      expect(called.join('\n')).toMatch(new RegExp(words, 'i'));
      expect(made.join('\n')).toMatch(new RegExp(words, 'i'));
    }
  });
});

it('gives a constant that is written into another line that line, behind the node of the line', () => {
  const document = example('digits');
  const lines = linesOf(document, 'flax');
  expect(lines.find(({ text }) => text.startsWith('import'))!.mark).toBeUndefined();
  const { document: loose, node } = addOp(document, document.root.class, { op: 'relu', args: {}, at: { x: 0, y: 0 } });
  const left = linesOf(loose, 'flax').filter(({ mark }) => mark?.nodes?.includes(node));
  expect(left.map(({ text }) => text.trim())).toEqual([expect.stringContaining('# left out: relu')]);
});
