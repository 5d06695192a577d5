import { describe, expect, it } from 'vitest';
import { newDocument } from '../new-document.ts';
import type { FilterSpec, ModelDocument } from '../schema.ts';
import { addClass, removeClass, renameClass, setRoot, setRootArgs } from './classes.ts';
import { addField, changeField, moveField, removeField, renameField } from './fields.ts';
import { addMember } from './members.ts';
import { addOp, setInput } from './nodes.ts';
import { setParam, setParams } from './params.ts';
import { setName, setRun } from './run.ts';
import { changeSetting, currentMode, moveSetting, removeSetting, setAttributesWhere, setMode } from './settings.ts';
import { addView, changeView, removeView } from './views.ts';

const at = { x: 264, y: 0 };
const dropout: FilterSpec = { kind: 'type', type: 'Dropout' };
const kinds = (document: ModelDocument) => document.settings.map((setting) => setting.kind);

describe('settings', () => {
  it('replaces a flip by the next, however far back it is', () => {
    let document = setMode(newDocument(), 'train');
    document = setAttributesWhere(document, dropout, { deterministic: true });
    document = setMode(document, 'eval');
    expect(kinds(document)).toEqual(['set', 'eval']);
    expect(currentMode(document)).toBe('eval');
    document = setMode(document, 'train');
    expect(kinds(document)).toEqual(['set', 'train']);
    expect(setMode(document, 'train')).toBe(document);
  });

  it('flips again behind a setting that came later', () => {
    const document = setAttributesWhere(setMode(newDocument(), 'eval'), dropout, { deterministic: false });
    expect(kinds(setMode(document, 'eval'))).toEqual(['set', 'eval']);
  });

  it('merges attributes into the last setting if the filter is the same', () => {
    let document = setAttributesWhere(newDocument(), dropout, { deterministic: true });
    document = setAttributesWhere(document, dropout, { rate: 0.1, deterministic: false });
    expect(document.settings).toEqual([{ id: 's1', kind: 'set', only: dropout, attributes: { deterministic: false, rate: 0.1 } }]);
    document = setAttributesWhere(document, { kind: 'everything' }, { rate: 0.3 });
    document = setAttributesWhere(document, dropout, { rate: 0.2 });
    expect(document.settings).toHaveLength(3);
    expect(setAttributesWhere(document, dropout, { rate: 0.2 })).toBe(document);
  });

  it('changes, moves and removes a setting', () => {
    let document = setMode(setAttributesWhere(newDocument(), dropout, { rate: 0.1 }), 'eval');
    document = changeSetting(document, 's1', { only: { kind: 'nothing' } });
    expect(document.settings[0]).toMatchObject({ only: { kind: 'nothing' }, attributes: { rate: 0.1 } });
    expect(kinds(moveSetting(document, 's2', 0))).toEqual(['eval', 'set']);
    expect(kinds(removeSetting(document, 's1'))).toEqual(['eval']);
    expect(() => changeSetting(document, 's2', {})).toThrow('Expected a setting with a filter');
  });
});

describe('parameters', () => {
  const document = addMember(newDocument(), 'c1', { type: 'Linear', at }).document;
  const argsOf = (each: ModelDocument) => each.classes['c1']!.members[0]!.args;

  it('sets values and expressions, and clears them', () => {
    const set = setParams(document, 'c1', { member: 'm1' }, { outFeatures: { $: '4 * width' }, useBias: false });
    expect(argsOf(set)).toEqual({ outFeatures: { $: '4 * width' }, useBias: false });
    expect(argsOf(setParam(set, 'c1', { member: 'm1' }, 'useBias', undefined))).toEqual({ outFeatures: { $: '4 * width' } });
    expect(setParam(set, 'c1', { member: 'm1' }, 'useBias', false)).toBe(set);
  });

  it('reaches the member through its call, and an op by its node', () => {
    expect(argsOf(setParam(document, 'c1', { node: 'n3' }, 'outFeatures', 5))).toEqual({ outFeatures: 5 });
    const op = addOp(document, 'c1', { op: 'reshape', at });
    const set = setParam(op.document, 'c1', { node: op.node }, 'shape', [-1, 4]);
    expect(set.classes['c1']!.nodes[op.node]).toMatchObject({ args: { shape: [-1, 4] } });
    expect(() => setParam(document, 'c1', { node: 'n1' }, 'a', 1)).toThrow('Expected a node with arguments, got the input "n1"');
  });

  it('refuses an expression that cannot be read', () => {
    expect(() => setParam(document, 'c1', { member: 'm1' }, 'outFeatures', { $: '4 *' })).toThrow(
      'Expected a number, a field name or "(", got the end of the expression.',
    );
  });
});

describe('fields', () => {
  /** Model uses Block(width=8); Block holds Linear(width, 2 * width), a reshape and an input over width. */
  function nested(): ModelDocument {
    let { document } = addClass(newDocument(), { name: 'Block' });
    document = addField(document, 'c2', { name: 'width', doc: 'Features.' }).document;
    document = addMember(document, 'c2', {
      type: 'Linear',
      args: { inFeatures: { $: 'width' }, outFeatures: { $: '2*width' } },
      at,
    }).document;
    document = addOp(document, 'c2', { op: 'reshape', args: { shape: [-1, { $: 'width' }] }, at }).document;
    document = setInput(document, 'c2', 'n1', { shape: ['batch', { $: 'width' }] });
    return addMember(document, 'c1', { type: 'class:c2', args: { width: 8 }, at }).document;
  }

  it('renames a field in every expression and in the arguments of those who use the class', () => {
    const document = setRoot(renameField(nested(), 'c2', 'width', 'features'), 'c2', { features: 4 });
    const block = document.classes['c2']!;
    expect(block.fields).toEqual([{ name: 'features', type: 'int', doc: 'Features.' }]);
    expect(block.members[0]!.args).toEqual({ inFeatures: { $: 'features' }, outFeatures: { $: '2*features' } });
    expect(block.nodes['n4']).toMatchObject({ args: { shape: [-1, { $: 'features' }] } });
    expect(block.nodes['n1']).toMatchObject({ shape: ['batch', { $: 'features' }] });
    expect(document.classes['c1']!.members[0]!.args).toEqual({ features: 8 });
    expect(renameField(document, 'c2', 'features', 'n').root.args).toEqual({ n: 4 });
  });

  it('removes only a field that nothing uses', () => {
    expect(() => removeField(nested(), 'c2', 'width')).toThrow('got "width", used by linear. Change the expression of linear first.');
    const unused = addField(nested(), 'c2', { name: 'depth' }).document;
    expect(removeField(unused, 'c2', 'depth').classes['c2']!.fields.map((field) => field.name)).toEqual(['width']);
  });

  it('gives, changes and takes a default, and changes the order', () => {
    let document = addField(nested(), 'c2', {}).document;
    expect(document.classes['c2']!.fields[1]).toEqual({ name: 'width1', type: 'int' });
    document = changeField(document, 'c2', 'width1', { default: 3, type: 'float' });
    expect(document.classes['c2']!.fields[1]).toEqual({ name: 'width1', type: 'float', default: 3 });
    document = changeField(document, 'c2', 'width1', { default: undefined });
    expect(document.classes['c2']!.fields[1]).toEqual({ name: 'width1', type: 'float' });
    expect(moveField(document, 'c2', 'width1', 0).classes['c2']!.fields.map((field) => field.name)).toEqual(['width1', 'width']);
  });
});

describe('classes', () => {
  it('renames a class in the filters that name it', () => {
    let { document } = addClass(newDocument());
    const filter: FilterSpec = { kind: 'any', of: [{ kind: 'not', of: { kind: 'type', type: 'Block' } }, dropout] };
    document = addView(setAttributesWhere(document, filter, { rate: 1 }), { name: 'quiet', only: filter, attributes: {} }).document;
    document = renameClass(document, 'c2', 'Stage');
    const renamed = { kind: 'any', of: [{ kind: 'not', of: { kind: 'type', type: 'Stage' } }, dropout] };
    expect(document.settings[0]).toMatchObject({ only: renamed });
    expect(document.views[0]!.only).toEqual(renamed);
  });

  it('removes only a class that nothing uses', () => {
    const { document } = addClass(newDocument());
    expect(() => removeClass(document, 'c1')).toThrow('Make another class the root first.');
    expect(Object.keys(removeClass(document, 'c2').classes)).toEqual(['c1']);
    const used = addMember(document, 'c1', { type: 'class:c2', at }).document;
    expect(() => removeClass(used, 'c2')).toThrow('Remove it from Model first.');
  });

  it('chooses the root and its arguments', () => {
    const { document } = addClass(newDocument());
    const rooted = setRootArgs(setRoot(document, 'c2', { a: 1, b: 2 }), { a: undefined, c: 3 });
    expect(rooted.root).toEqual({ class: 'c2', args: { b: 2, c: 3 } });
  });
});

it('names, changes and removes views', () => {
  const { document, view } = addView(newDocument(), { name: 'quiet', only: dropout, attributes: { deterministic: true } });
  expect(changeView(document, view, { name: 'silent' }).views[0]).toMatchObject({ id: 'v1', name: 'silent', only: dropout });
  expect(() => addView(document, { name: 'quiet', only: dropout, attributes: {} })).toThrow('not in use');
  expect(removeView(document, view).views).toEqual([]);
});

it('changes run settings and the title, and nothing where nothing is new', () => {
  const document = newDocument();
  expect(setRun(document, { seed: 3 }).run.seed).toBe(3);
  expect(setRun(document, { seed: 0 })).toBe(document);
  expect(setName(document, 'Mine').name).toBe('Mine');
});
