import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../check/check-document.ts';
import { buildModel } from '../build/build-model.ts';
import { dispose } from '../nnx/dispose.ts';
import { EXAMPLES, example } from '../test/examples.ts';
import { applyRandomEdits } from '../test/random-edits.ts';
import { groupIntoClass } from './edits/group.ts';
import { removeMember, renameMember, setRepeat } from './edits/members.ts';
import { removeNodes } from './edits/nodes.ts';
import { setAttributesWhere } from './edits/settings.ts';
import { addView } from './edits/views.ts';
import { parseDocument } from './parse.ts';
import { filterByPath, pathOf, resolvePath } from './references.ts';
import type { FilterSpec, ModelDocument } from './schema.ts';
import { VERSION } from './schema.ts';
import { writeDocument } from './write.ts';

const digits = example('digits');
const dropout: FilterSpec = { kind: 'modules', at: [['m3']] };
/** One toggle of the Dropout, and a view of it. */
const toggled = addView(setAttributesWhere(digits, dropout, { deterministic: true }), {
  name: 'still',
  only: dropout,
  attributes: { rate: 0 },
}).document;

const settingPaths = (document: ModelDocument) =>
  document.settings.flatMap((setting) => (setting.kind === 'set' ? [filterByPath(document, setting.only)] : []));

/** Every reference of a document that leads nowhere. */
function deadReferences(document: ModelDocument): readonly unknown[] {
  const inFilter = (filter: FilterSpec): readonly unknown[] => {
    if (filter.kind === 'modules') return filter.at.filter((ref) => pathOf(document, ref) === undefined);
    if (filter.kind === 'any' || filter.kind === 'all') return filter.of.flatMap(inFilter);
    return filter.kind === 'not' ? inFilter(filter.of) : [];
  };
  const filters = [
    ...document.settings.flatMap((setting) => (setting.kind === 'set' ? [setting.only] : [])),
    ...document.views.map((view) => view.only),
  ];
  const probes = Object.values(document.classes).flatMap(({ nodes, probes }) => probes.filter(({ at }) => !Object.hasOwn(nodes, at.node)));
  return [...filters.flatMap(inFilter), ...probes];
}

function expectBuilds(document: ModelDocument): void {
  const { model } = buildModel(document);
  dispose(model);
}

describe('what is set on a Module (E1)', () => {
  it('follows it when it is renamed', () => {
    const renamed = renameMember(toggled, 'classifier', 'm3', 'quiet');
    expect(settingPaths(renamed)).toEqual([{ kind: 'pathIn', paths: [['quiet']] }]);
    expectBuilds(renamed);
  });

  it.each<readonly [string, FilterSpec, FilterSpec]>([
    ['a name', { kind: 'path', contains: 'dropout', exact: true }, { kind: 'path', contains: 'quiet', exact: true }],
    ['a path', { kind: 'pathIn', paths: [['dropout'], []] }, { kind: 'pathIn', paths: [['quiet'], []] }],
    [
      'a name among others',
      {
        kind: 'not',
        of: {
          kind: 'any',
          of: [
            { kind: 'path', contains: 'dropout', exact: true },
            { kind: 'type', type: 'Linear' },
          ],
        },
      },
      {
        kind: 'not',
        of: {
          kind: 'any',
          of: [
            { kind: 'path', contains: 'quiet', exact: true },
            { kind: 'type', type: 'Linear' },
          ],
        },
      },
    ],
  ])('follows it when a person chose it by %s', (_, typed, renamed) => {
    const document = renameMember(setAttributesWhere(digits, typed, { deterministic: true }), 'classifier', 'm3', 'quiet');
    expect(settingPaths(document)).toEqual([renamed]);
    expectBuilds(document);
  });

  it('says both names where another member has the old one', () => {
    const block = example('block');
    const typed: FilterSpec = { kind: 'path', contains: 'linear1', exact: true };
    const other = { ...digits.classes['classifier']!, id: 'other', name: 'Other' };
    const two = { ...digits, classes: { ...digits.classes, other } };
    const document = renameMember(setAttributesWhere(two, typed, { useBias: false }), 'classifier', 'm1', 'first');
    expect(settingPaths(document)).toEqual([{ kind: 'any', of: [typed, { ...typed, contains: 'first' }] }]);
    expect(renameMember(block, block.root.class, block.classes[block.root.class]!.members[0]!.id, 'first').settings).toBe(block.settings);
  });

  it('is left out with a problem where a person chose it by its type and it is gone: the model stands', () => {
    const typed = setAttributesWhere(digits, { kind: 'type', type: 'Dropout' }, { deterministic: true });
    const document = removeNodes(typed, 'classifier', ['n5']);
    expect(checkDocument(document).problems.map(({ code }) => code)).toContain('setting/no-match');
    expectBuilds(document);
  });

  it('follows it into a class', () => {
    const { document } = groupIntoClass(toggled, 'classifier', ['n4', 'n5']);
    expect(settingPaths(document)).toEqual([{ kind: 'pathIn', paths: [['block', 'dropout']] }]);
    expectBuilds(document);
  });

  it('goes with it when it is deleted, from the graph or as a member', () => {
    for (const document of [removeNodes(toggled, 'classifier', ['n5']), removeMember(toggled, 'classifier', 'm3')]) {
      expect([document.settings, document.views]).toEqual([[], []]);
      expectBuilds(document);
    }
  });

  it('is set on every element when it becomes a list, and on the one when it is single again', () => {
    const list = setRepeat(toggled, 'classifier', 'm3', 3);
    expect(settingPaths(list)).toEqual([
      {
        kind: 'pathIn',
        paths: [
          ['dropout', 0],
          ['dropout', 1],
          ['dropout', 2],
        ],
      },
    ]);
    expectBuilds(list);
    expect(settingPaths(setRepeat(list, 'classifier', 'm3', undefined))).toEqual([{ kind: 'pathIn', paths: [['dropout']] }]);
  });

  it('is one setting for one Module after the other', () => {
    const both = setAttributesWhere(toggled, { kind: 'modules', at: [['m2']] }, { deterministic: true });
    expect(both.settings).toHaveLength(1);
  });
});

describe('any sequence of edits, with settings, views and probes present', () => {
  it('leaves no reference that leads nowhere, and none that an unsound setting is made of', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EXAMPLES), fc.array(fc.nat(), { minLength: 1, maxLength: 40 }), (name, choices) => {
        const start = example(name);
        const [first] = checkDocument(start).root!.class.members;
        const set = setAttributesWhere(start, { kind: 'modules', at: [[first!.id]] }, {});
        applyRandomEdits(set, choices, (document) => expect(deadReferences(document)).toEqual([]));
      }),
      { numRuns: 60, seed: 9 },
    );
  });
});

describe('paths', () => {
  it('lead to a reference and back, through lists and into layers', () => {
    const list = setRepeat(digits, 'classifier', 'm3', 3);
    for (const path of [[], ['dropout', 2], ['linear1'], ['linear1', 'inner', 0]])
      expect(pathOf(list, resolvePath(list, path)!)).toEqual(path);
    expect(resolvePath(list, ['absent'])).toBeUndefined();
  });
});

describe('a document of version 1', () => {
  const samples = import.meta.glob<string>('./migrations/samples/*.espalier', { query: '?raw', import: 'default', eager: true });

  it.each(Object.entries(samples))('opens, and is saved and opened again as the same: %s', (_, text) => {
    const first = parseDocument(text);
    if (!first.ok) throw new Error(first.refusals[0]!.message);
    expect(first.document.version).toBe(VERSION);
    const written = writeDocument(first.document);
    const again = parseDocument(written);
    expect(again.ok && writeDocument(again.document)).toBe(written);
  });

  it('has its paths as references, its loss and data by type, and its data beside it', () => {
    const text = samples['./migrations/samples/digits.espalier']!;
    const old = JSON.parse(text) as { settings: unknown[]; run: { source: Record<string, unknown> } };
    old.settings.push({ id: 's9', kind: 'set', only: { kind: 'pathIn', paths: [['dropout']] }, attributes: { deterministic: true } });
    old.settings.push({ id: 's10', kind: 'set', only: { kind: 'pathIn', paths: [['gone']] }, attributes: { deterministic: true } });
    old.run.source = { kind: 'csv', file: 'own.csv', label: 'y', scale: 1, testRows: 0, text: 'a,y\n1,2\n' };
    const result = parseDocument(JSON.stringify(old));
    if (!result.ok) throw new Error(result.refusals[0]!.message);
    const { document, assets } = result;
    expect(document.settings.slice(-2)).toMatchObject([
      { only: { kind: 'modules', at: [['m3']] } },
      { only: { kind: 'pathIn', paths: [['gone']] } },
    ]);
    const [name] = Object.keys(assets);
    expect(document.run.source).toEqual({ type: 'csv', args: { file: 'own.csv', asset: name, label: 'y', scale: 1, testRows: 0 } });
    expect(assets).toEqual({ [name!]: 'a,y\n1,2\n' });
    expect(document.run.loss).toEqual({ type: 'crossEntropy', args: {} });
  });
});
