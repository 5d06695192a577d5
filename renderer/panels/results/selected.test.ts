import { describe, expect, it } from 'vitest';
import type { ModelClass } from '../../../core/document/index.ts';
import type { RunResult, Summary } from '../../../core/run/index.ts';
import { NOTHING_SELECTED } from '../../state/session/store.ts';
import { gradientsAlongDepth } from './depth.ts';
import { MOST_SELECTED, subjectsOfSelection } from './selected.ts';
import { kindOfInside, kindOfValue, kindOfVariable } from './tensor-kinds.ts';
import { valueRows } from './value-rows.ts';

const summary = (some: Partial<Summary>): Summary => ({
  shape: [1],
  dtype: 'float32',
  count: 1,
  min: 1,
  max: 1,
  mean: 1,
  std: 0,
  norm: 1,
  zeros: 0,
  nans: 0,
  infinities: 0,
  histogram: null,
  head: [1],
  ...some,
});

/** A chain of ops of this length, each with a value and a gradient. */
function chain(length: number, norms: readonly number[] = []) {
  const ids = Array.from({ length }, (_, i) => `n${i}`);
  const modelClass: ModelClass = {
    id: 'c1',
    name: 'Chain',
    doc: '',
    fields: [],
    members: [],
    nodes: Object.fromEntries(ids.map((id) => [id, { id, kind: 'op', op: 'relu', args: {} }] as const)),
    wires: Object.fromEntries(
      ids.map((id, i) => [`w${i}`, { id: `w${i}`, from: { node: id, port: 'y' }, to: { node: `n${i + 1}`, port: 'x' } }]),
    ),
    probes: [],
    layout: {},
  };
  const wires = ids.map((node, i) => {
    const norm = norms[i] ?? 1;
    const gradient = summary({ norm, nans: Number.isNaN(norm) ? 1 : 0 });
    return { instance: [], node, port: 'y', call: 0, module: null, valueKey: node, value: summary({}), gradientKey: `g${node}`, gradient };
  });
  const result = { wires, insides: [], variables: [], captured: [], modules: [] } as unknown as RunResult;
  return { ids, modelClass, result };
}

describe('a selection of everything', () => {
  it('shows so many things as one can look through, and says how many it leaves out', () => {
    const { ids, modelClass, result } = chain(10_000);
    const { subjects, left } = subjectsOfSelection(result, { ...NOTHING_SELECTED, nodes: ids }, modelClass, []);
    expect([subjects.length, left]).toEqual([MOST_SELECTED, 10_000 - MOST_SELECTED]);
  });

  it('shows a value once that a node and its wire carry', () => {
    const { modelClass, result } = chain(3);
    const selection = { ...NOTHING_SELECTED, nodes: ['n1'], wires: ['w1'] };
    expect(subjectsOfSelection(result, selection, modelClass, []).subjects.map(({ id }) => id)).toEqual(['n1']);
  });
});

describe('gradients along depth (N1)', () => {
  it('count what is not finite, at full length, and measure the others by the last that is', () => {
    const { modelClass, result } = chain(4, [NaN, 1e-9, 0, 1]);
    expect(gradientsAlongDepth(result, modelClass, []).map(({ flag, share }) => [flag, share])).toEqual([
      ['1 NaN', 1],
      ['vanishing', expect.closeTo(0.04, 9)],
      ['zero', 0],
      [null, 1],
    ]);
  });

  it('are found for as many values as there are', () => {
    const { modelClass, result } = chain(200_000);
    expect(gradientsAlongDepth(result, modelClass, [])).toHaveLength(200_000);
  });
});

describe('what is drawn as a picture (N6)', () => {
  const kernel = { name: 'kernel', path: ['conv', 'kernel'], type: 'Param', shape: [3, 3, 1, 8], dtype: 'float32' };
  const dense = { ...kernel, path: ['dense', 'kernel'], shape: [3, 3, 4, 4] };
  const modules = ['conv', 'dense'].map((name) => ({
    path: [name],
    type: name === 'conv' ? 'Conv' : 'LinearGeneral',
    paramCount: 0,
    variables: [],
    attributes: [],
    alsoAt: [],
  }));
  const result = { modules, variables: [kernel, dense] } as unknown as RunResult;

  it('is a value of four axes with the channels of a convolution, and nothing else', () => {
    const kinds = [
      [2, 8, 8, 1],
      [2, 8, 8, 8],
      [2, 8, 8, 4],
      [8, 8],
    ].map((shape) => kindOfValue(result, { shape }));
    expect(kinds).toEqual(['picture', 'picture', 'other', 'other']);
    expect([kernel, dense].map((each) => kindOfVariable(result, each))).toEqual(['kernel', 'other']);
    const inside = {
      module: [],
      name: 'attentionWeights',
      call: 0,
      calls: 1,
      calledBy: null,
      valueKey: '',
      gradientKey: null,
      gradient: null,
    };
    expect(kindOfInside(result, { ...inside, value: summary({ shape: [2, 8, 8, 8] }) })).toBe('attention');
  });
});

it('N3 lists what was captured by call, and says where a gradient is a sum', () => {
  const entry = { key: 'a', summary: summary({}) };
  const captured = [
    { path: ['shared', 'h'], kind: 'sow', variableType: 'Intermediate', entries: [entry, { ...entry, key: 'b' }], calls: 2 },
    { path: ['shared', 'p'], kind: 'perturb', variableType: 'Perturbation', entries: [entry], calls: 2 },
  ];
  const variable = { path: ['shared', 'bias'], type: 'Param', valueKey: 'c', value: summary({}), gradient: summary({}), calls: 2 };
  const result = { captured, variables: [variable, { ...variable, type: 'RngKey' }] } as unknown as RunResult;
  expect(valueRows(result).map(({ title, kind, note }) => [title, kind, note])).toEqual([
    ['shared.h, call 1 of 2', 'Intermediate', null],
    ['shared.h, call 2 of 2', 'Intermediate', null],
    ['shared.p', 'Perturbation gradient', 'sum of 2 calls'],
    ['shared.bias', 'Param', 'gradient: sum of 2 calls'],
  ]);
});
