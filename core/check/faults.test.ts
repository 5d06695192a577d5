/** @file Documents that were tried and found to break something: what is right for each. */
import { describe, expect, it } from 'vitest';
import { buildModel } from '../build/build-model.ts';
import { parseDocument } from '../document/parse.ts';
import type { ModelDocument } from '../document/schema.ts';
import { emitDocument } from '../emit/emit-document.ts';
import { dispose } from '../nnx/dispose.ts';
import { calledTwice, chain } from '../test/chain.ts';
import { checkDocument } from './check-document.ts';
import { uniqueInstances } from './tree.ts';

const texts = import.meta.glob<string>('../test/faults/*.espalier', { query: '?raw', import: 'default', eager: true });

function open(name: string): ModelDocument {
  const result = parseDocument(texts[`../test/faults/${name}.espalier`]!);
  if (!result.ok) throw new Error(result.refusals[0]!.message);
  return result.document;
}

const codes = (name: string) => checkDocument(open(name)).problems.map(({ code }) => code);

function codeOf(document: ModelDocument): string {
  const result = emitDocument(document, 'flax');
  if (!result.ok) throw new Error(result.problem.message);
  return result.code;
}

describe('a document', () => {
  it('whose field has the letters of a pattern for a name has that as its problem (X2)', () => {
    expect(codes('field-name-regexp')).toContain('name/invalid');
  });

  it('that splits into a million parts is told how many are too many, at once (X3)', () => {
    expect(codes('split-sections-1e6')).toContain('param/range');
  });

  it('with a tree of classes eighteen deep is checked class by class, not Module by Module (X3)', () => {
    const check = checkDocument(open('class-tree-18'));
    expect([check.isSound, check.modules]).toEqual([true, 2 ** 18 - 1]);
    expect(codeOf(open('class-tree-18'))).toContain('class ');
  });

  it('in which every class is called twice, forty deep, is checked call by call of a class, not path by path (X3)', () => {
    const check = checkDocument(calledTwice(40));
    expect([check.isSound, check.modules]).toEqual([true, 42]);
    expect(uniqueInstances(check.root!)).toHaveLength(81);
  });

  it.each(['__proto__', 'constructor', 'toString'])('with a wire at a port %s says that it is not there', (port) => {
    for (const end of ['from', 'to'] as const) {
      const document = chain(2);
      const root = document.classes['root']!;
      const wire = root.wires['w2']!;
      const wires = { ...root.wires, w2: { ...wire, [end]: { ...wire[end], port } } };
      const check = checkDocument({ ...document, classes: { root: { ...root, wires } } });
      expect(check.problems.map(({ code }) => code)).toContain('wire/nowhere');
      expect(check.shapeOf('root', 'c0', port)).toBeUndefined();
      expect(codeOf({ ...document, classes: { root: { ...root, wires } } })).toContain('# left out');
    }
  });

  it.each(['batchnorm-axis-1', 'linear-general-axes'])('%s infers its sizes along the axes that its arguments name (X8)', (name) => {
    const document = open(name);
    expect(checkDocument(document).problems).toEqual([]);
    dispose(buildModel(document).model);
  });

  it('with a tensor of gigabytes is told so on its node, and not built (E10)', () => {
    const { problems } = checkDocument(open('huge-linear'));
    expect(problems[0]).toMatchObject({ code: 'size/tensor', place: { node: 'n2' }, got: '2.235 GiB' });
    expect(() => buildModel(open('huge-linear'))).toThrow('2.235 GiB');
  });

  it('whose code is to be used with another width has it in its sizes (X7)', () => {
    const code = codeOf(open('root-field-inferred'));
    expect(code).toContain('nnx.LayerNorm(width, rngs=rngs)');
    expect(code).toContain('nnx.Linear(width, 1, rngs=rngs)');
  });

  it.each(['inject-view-name', 'view-name-with-space'])('%s has its view as a problem, and as a comment in code (X1)', (name) => {
    expect(codes(name)).toContain('name/invalid');
    expect(codeOf(open(name))).toContain('# left out: the view');
  });

  it('whose default is no expression has it as a problem, and no code of it (X1)', () => {
    expect(codes('inject-field-default-expression')).toContain('param/expression');
    expect(codeOf(open('inject-field-default-expression')).replaceAll(/#.*/g, '')).not.toContain('import__');
  });

  it('with a list of a class without inputs says what a list needs, and has code (X11)', () => {
    expect(codes('emit-list-of-a-class-without-inputs')).toContain('list/ports');
    expect(codeOf(open('emit-list-of-a-class-without-inputs'))).toContain('# left out: ps');
  });
});
