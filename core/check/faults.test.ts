/** @file Documents that were tried and found to break something: what is right for each. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildModel } from '../build/build-model.ts';
import { parseDocument } from '../document/parse.ts';
import type { ModelDocument } from '../document/schema.ts';
import { emitDocument } from '../emit/emit-document.ts';
import { dispose } from '../nnx/dispose.ts';
import { EVERY_PLACE } from '../test/hostile-documents.ts';
import { EXAMPLES, exampleText } from '../test/examples.ts';
import { checkDocument } from './check-document.ts';

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

describe('whatever a document holds', () => {
  type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
  const odd: readonly Json[] = [
    null,
    -1,
    0,
    1e308,
    0.5,
    '',
    'x',
    'n1',
    'm1',
    'class:c1',
    [],
    {},
    { $: 'x' },
    { $: '1 +' },
    true,
    [1, 'a'],
    2 ** 40,
  ];

  /** Every place of a value in a document. */
  function places(json: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
    const inner =
      typeof json === 'object' && json !== null ? Object.entries(json).flatMap(([key, each]) => places(each, [...path, key])) : [];
    return path.length === 0 ? inner : [path, ...inner];
  }

  it('it is checked and written without an error of ours', () => {
    const starts = [...EXAMPLES.map(exampleText), JSON.stringify(EVERY_PLACE)].map((text) => ({
      text,
      at: places(JSON.parse(text) as Json),
    }));
    fc.assert(
      fc.property(fc.nat(starts.length - 1), fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }), (which, changes) => {
        const { text, at } = starts[which]!;
        const json = JSON.parse(text) as { [key: string | number]: Json };
        for (const [place, value] of changes) {
          const path = at[place % at.length]!;
          let target: { [key: string | number]: Json } | undefined = json;
          for (const key of path.slice(0, -1)) target = target?.[key] as { [key: string | number]: Json } | undefined;
          if (typeof target === 'object' && target !== null) target[path.at(-1)!] = structuredClone(odd[value % odd.length]!);
        }
        const result = parseDocument(JSON.stringify(json));
        if (!result.ok) return;
        const { problems } = checkDocument(result.document);
        expect(problems.filter(({ code }) => code.startsWith('internal/'))).toEqual([]);
        expect(emitDocument(result.document, 'flax').ok).toBe(true);
      }),
      { seed: 21, numRuns: 1500 },
    );
  });
});
