import { expect, it } from 'vitest';
import type { ModelClass } from '../../../core/document/index.ts';
import type { InsideResult, ModuleInfo, RunResult, Summary, WireResult } from '../../../core/run/index.ts';
import { gradientsAlongDepth } from './depth.ts';
import { subjectsOfModule, subjectsOfNode, subjectsOfPort } from './subjects.ts';

const summary = (norm: number): Summary => ({
  shape: [1],
  dtype: 'float32',
  count: 1,
  min: norm,
  max: norm,
  mean: norm,
  std: 0,
  norm,
  zeros: norm === 0 ? 1 : 0,
  nans: 0,
  infinities: 0,
  histogram: null,
  head: [norm],
});
const wire = (node: string, call: number, gradientNorm: number, module: string | null): WireResult => ({
  instance: [],
  node,
  port: 'y',
  call,
  module: module === null ? null : [module],
  valueKey: `${node}${call}`,
  value: summary(1),
  gradientKey: `g${node}${call}`,
  gradient: summary(gradientNorm),
});
const modelClass: ModelClass = {
  id: 'c1',
  name: 'Net',
  doc: '',
  fields: [],
  members: [{ id: 'm1', name: 'linear', type: 'Linear', args: {} }],
  nodes: { n1: { id: 'n1', kind: 'call', member: 'm1' }, n2: { id: 'n2', kind: 'op', op: 'relu', args: {} } },
  wires: {},
  probes: [{ id: 'p1', at: { node: 'n1', port: 'y' }, kind: 'sow', name: 'hidden', variableType: 'Intermediate' }],
  layout: {},
};
const module: ModuleInfo = { path: ['linear'], type: 'Linear', paramCount: 1, variables: [], attributes: [], alsoAt: [] };
const kernel = {
  name: 'kernel',
  path: ['linear', 'kernel'],
  type: 'Param',
  shape: [1],
  dtype: 'float32',
  valueKey: 'k',
  value: summary(2),
  gradientKey: null,
  gradient: null,
  calls: 1,
};
const count = { ...kernel, name: 'count', path: ['linear', 'count'], type: 'RngCount' };
const result = {
  wires: [wire('n1', 0, 1, 'linear'), wire('n1', 1, 2, 'linear'), wire('n2', 0, 0, null)],
  insides: [],
  variables: [kernel, count],
  modules: [module],
} as unknown as RunResult;

it('shows a wire once per call, with its probes', () => {
  const subjects = subjectsOfPort(result, modelClass, [], { node: 'n1', port: 'y' });
  expect(subjects.map((subject) => [subject.title, subject.names])).toEqual([
    ['linear, call 1 of 2', ['sow hidden']],
    ['linear, call 2 of 2', ['sow hidden']],
  ]);
});

it('shows a node with the Variables of its Module, random state left out', () => {
  expect(subjectsOfNode(result, modelClass, [], 'n1').map((subject) => `${subject.title} ${subject.kind}`)).toEqual([
    'linear, call 1 of 2 output',
    'linear, call 2 of 2 output',
    'linear.kernel Param',
  ]);
  expect(subjectsOfModule(result, module)).toHaveLength(3);
});

const inside = (module: InsideResult['module'], name: string, call: number, calls = 1): InsideResult => ({
  module,
  name,
  call,
  calls,
  calledBy: { instance: [], node: 'n1' },
  valueKey: `${module.join('.')}.${name}.${call}`,
  value: summary(1),
  gradientKey: 'g',
  gradient: summary(1),
});

it('N4 shows what lies inside of what a node calls, with its Variables', () => {
  const weight = { ...kernel, path: ['linear', 0, 'kernel'] };
  const within = {
    ...result,
    insides: [inside(['linear', 0], 'output', 0), inside(['linear'], 'attentionWeights', 0)],
    variables: [weight],
  };
  expect(subjectsOfNode(within, modelClass, [], 'n1').map(({ title, kind }) => `${title} ${kind}`)).toEqual([
    'linear.attentionWeights inside',
    'linear, call 1 of 2 output',
    'linear, call 2 of 2 output',
    'linear[0] output',
    'linear[0].kernel Param',
  ]);
});

it('N3 counts the calls of a Module, and says over how many a gradient is summed', () => {
  const twice = { ...kernel, calls: 2, gradientKey: 'g', gradient: summary(1) };
  const shared = {
    ...result,
    wires: [],
    insides: [inside(['linear'], 'output', 0, 2), inside(['linear'], 'output', 1, 2)],
    variables: [twice],
  };
  expect(subjectsOfModule(shared, module).map(({ title, names }) => [title, ...names])).toEqual([
    ['linear, call 1 of 2'],
    ['linear, call 2 of 2'],
    ['linear.kernel', 'gradient summed over 2 calls'],
  ]);
});

it('N3 counts the calls of a Module likewise where one node of two is selected', () => {
  const outputs = [wire('n1', 0, 1, 'linear'), wire('n3', 0, 1, 'linear')];
  const insides = outputs.map(({ valueKey }, call) => ({ ...inside(['linear'], 'output', call, 2), valueKey }));
  const graph = { ...modelClass, nodes: { ...modelClass.nodes, n3: { id: 'n3', kind: 'call', member: 'm1' } as const } };
  const shared = { ...result, wires: outputs, insides, variables: [] };
  expect(subjectsOfNode(shared, graph, [], 'n3').map(({ title }) => title)).toEqual(['linear, call 2 of 2']);
});

it('shows nothing for a value of another instance', () => {
  expect(subjectsOfPort(result, modelClass, ['other'], { node: 'n1', port: 'y' })).toEqual([]);
});

it('orders gradients along the graph and names the ones that are gone', () => {
  const bars = gradientsAlongDepth(
    { ...result, wires: [wire('n1', 0, 1e-9, 'linear'), wire('n2', 0, 0, null), wire('n1', 1, 1, 'linear')] },
    modelClass,
    [],
  );
  expect(bars.map((bar) => [bar.title, bar.flag])).toEqual([
    ['linear', 'vanishing'],
    ['relu', 'zero'],
    ['linear', null],
  ]);
  expect(bars[2]!.share).toBe(1);
});

it('leaves out of the depth what is no longer in the graph', () => {
  const stale = { ...result, wires: [wire('n1', 0, 1, 'linear'), wire('n9', 0, 1, 'deleted')] };
  expect(gradientsAlongDepth(stale, modelClass, []).map((bar) => bar.title)).toEqual(['linear']);
});
