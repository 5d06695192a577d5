import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../../core/check/index.ts';
import { addInput, addOp, connect, newDocument, type ModelDocument } from '../../../../core/document/index.ts';
import { wiringOf, type WiringPlace } from '../gestures/wiring.ts';
import { choicesOf, stepFrom } from './choices.ts';

const at = { x: 0, y: 0 };

function placeOf(document: ModelDocument): WiringPlace {
  const modelClass = document.classes[document.root.class]!;
  const site = { key: '', class: modelClass.id, open: [], instance: [] };
  return { document, check: checkDocument(document), modelClass, instance: [], site };
}

const empty = newDocument();
const root = empty.root.class;
const x = Object.values(empty.classes[root]!.nodes).find(({ kind }) => kind === 'input')!.id;
const relu = addOp(empty, root, { op: 'relu', at });
const add = addOp(relu.document, root, { op: 'add', at });
const other = addInput(add.document, root, { name: 'other', at });
const wired = connect(other.document, root, { node: relu.node, port: 'y' }, { node: add.node, port: 'a' });

describe('where a wire of the keyboard may end', () => {
  const place = placeOf(wired);
  const from = (node: string, port: string, side: 'in' | 'out' = 'out') =>
    wiringOf({ inside: '', kind: 'new', at: { node, port }, side }, place);
  const titles = (...args: Parameters<typeof choicesOf>) => choicesOf(...args).map(({ title }) => title);

  it('has every port that takes it, the free ones first, and says what a taken one has', () => {
    const choices = choicesOf(place, from(x, 'out'), '');
    expect(choices.map(({ title }) => title)).toEqual(expect.arrayContaining(['relu', 'add · a', 'add · b']));
    expect(choices.find(({ title }) => title === 'add · a')?.replaces).toBe('relu');
    const taken = choices.findIndex(({ replaces }) => replaces !== undefined);
    expect(choices.slice(taken).every(({ replaces }) => replaces !== undefined)).toBe(true);
  });

  it('leaves out what would close a cycle, but for one who types its name, and says why', () => {
    const wiring = from(add.node, 'y');
    expect(titles(place, wiring, '')).not.toContain('relu');
    const [choice] = choicesOf(place, wiring, 'rel');
    expect(choice?.title).toBe('relu');
    expect(wiring.whyNot(choice!.node, choice!.port, 'in')).toMatch(/cycle|loop/i);
  });

  it('finds by the start of a name before its middle', () => {
    expect(titles(place, from(x, 'out'), 'AD')).toEqual(['add · b', 'add · a']);
    expect(titles(place, from(x, 'out'), 'nothing')).toEqual([]);
  });

  it('looks for outputs where it begins at an input', () => {
    expect(titles(place, from(add.node, 'y', 'in'), '')).toEqual(expect.arrayContaining(['relu', 'x', 'other']));
  });

  it('steps round in a circle, by ports or past the node', () => {
    const choices = choicesOf(place, from(other.node, 'out'), 'add');
    expect(stepFrom(choices, 0, 1, 'port')).toBe(1);
    expect(stepFrom(choices, 1, 1, 'port')).toBe(0);
    expect(stepFrom(choices, 0, 1, 'node')).toBe(0);
  });
});
