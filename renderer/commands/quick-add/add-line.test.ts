import { beforeEach, expect, it } from 'vitest';
import { graphOf, nodeName } from '../../../core/graph/index.ts';
import { newDocument, type ModelClass } from '../../../core/document/index.ts';
import { checkDocument } from '../../../core/check/index.ts';
import { emitDocument } from '../../../core/emit/index.ts';
import { createMemoryPlatform } from '../../platform/memory.ts';
import { createServices } from '../../state/create-services.ts';
import { addLine, type AddingServices, type QuickAddPlace } from './add-line.ts';

let services: AddingServices;

const noWorker = () => {
  throw new Error('Adding runs nothing.');
};

beforeEach(() => {
  services = createServices({ platform: createMemoryPlatform({}), connect: noWorker, document: newDocument() });
});

const present = () => services.document.getState().document;
const model = (id = 'c1'): ModelClass => present().classes[id]!;
const type = (line: string, place: QuickAddPlace = {}) => {
  const answer = addLine(services, line, place);
  if (!answer.ok) throw new Error(answer.message);
  return answer.end!;
};
const refusal = (line: string): string => {
  const before = present();
  const answer = addLine(services, line, {});
  expect(present()).toBe(before);
  return answer.ok ? 'added' : answer.message;
};
/** `x>linear.x`, one for each wire. */
const wires = (id = 'c1') => {
  const { nodes, wires: all } = model(id);
  const name = (node: string) => nodeName(model(id), nodes[node]!);
  return Object.values(all)
    .map(({ from, to }) => `${name(from.node)}>${name(to.node)}.${to.port}`)
    .sort();
};
const code = () => {
  const result = emitDocument(present(), 'flax');
  return result.ok ? result.code : result.problem.message;
};

it('draws a chain of what is typed line after line, between input and output of a fresh class', () => {
  for (const line of ['Linear 64', 'relu', 'Linear 10']) type(line);
  expect(wires()).toEqual(['linear1>y.in', 'linear>relu.x', 'relu>linear1.x', 'x>linear.x']);
  expect(checkDocument(present()).problems).toEqual([]);
  const { layout, nodes } = model();
  const xs = graphOf(model()).order.nodes.map(({ id }) => layout[id]!.x);
  expect(xs).toEqual([...xs].sort((a, b) => a - b));
  expect(new Set(xs).size).toBe(Object.keys(nodes).length);
  expect(services.session.getState().selection.nodes).toEqual([Object.keys(nodes).at(-1)]);
});

it('says what may have been meant by a name that is mistyped, and adds nothing', () => {
  expect(refusal('Liner 64')).toMatch(/got "Liner"\. Did you mean Linear/);
  expect(refusal('drpout')).toContain('Did you mean Dropout?');
  expect(refusal('atention')).toContain('Did you mean MultiHeadAttention');
  expect(refusal('Liner 64 > relu')).toContain('Did you mean Linear');
  expect(refusal('qqqqqq')).toContain('Write fewer letters');
});

it('takes one size of a window for each spatial axis that comes in', () => {
  const windowOf = (id: string) => (model().nodes[id] as { args?: { window?: unknown } }).args?.window;
  type('input x batch,28,28,3');
  expect(windowOf(type('maxPool 2'))).toEqual([2, 2]);
  type('input words batch,40,16');
  expect(windowOf(type('maxPool 2'))).toEqual([2]);
  type('input scans batch,8,8,8,1');
  type('Conv 4 3');
  expect(model().members.at(-1)!.args).toMatchObject({ outFeatures: 4, kernelSize: [3, 3, 3] });
  expect(checkDocument(present()).problems.filter(({ code }) => code !== 'node/unused')).toEqual([]);
});

it('refuses lengths that no machine holds and that no axis has', () => {
  expect(refusal('Linear 9999999999')).toContain('Expected outFeatures to be at most 2147483647');
  expect(refusal('Linear -1')).toContain('Expected outFeatures to be at least 1, got -1.');
  expect(refusal('Linear two')).toContain('Expected a field for outFeatures');
});

it('makes one undoable step of a line, and undo gives the document back', () => {
  const before = present();
  type('Linear 64 > relu > Linear 10');
  expect(wires()).toHaveLength(4);
  services.document.undo();
  expect(present()).toBe(before);
});

it('fills parameters in order without those that follow from the wires', () => {
  type('input x batch,8,8,3');
  type('Conv 32 3x3');
  type('Conv 16 (3,3) strides=2');
  type('Dropout 0.1');
  expect(model().members.map(({ args }) => args)).toMatchObject([
    { outFeatures: 32, kernelSize: [3, 3] },
    { outFeatures: 16, kernelSize: [3, 3], strides: 2 },
    { rate: 0.1 },
  ]);
  expect(model().members.every(({ args }) => !('inFeatures' in args))).toBe(true);
  expect(Object.values(model().nodes).filter((node) => node.kind === 'input')).toMatchObject([{ shape: ['batch', 8, 8, 3] }]);
});

it('takes further inputs by their names, and the selection as inputs in its order', () => {
  const first = type('relu');
  type('Linear 2');
  type('add relu');
  expect(wires()).toContain('linear>add.a');
  expect(wires()).toContain('relu>add.b');
  const [linear] = Object.values(model().nodes).filter((node) => node.kind === 'call');
  services.session.select({ nodes: [linear!.id, first, 'n1'] });
  type('concatenate');
  expect(wires().filter((wire) => wire.includes('concatenate.'))).toEqual([
    'linear>concatenate.x0',
    'relu>concatenate.x1',
    'x>concatenate.x2',
  ]);
  services.session.select({ nodes: [linear!.id, first, 'n1'] });
  expect(refusal('add')).toMatch(/^Expected at most 2 selected for add, got 3/);
});

it('puts what is added into the selected wire, and refuses what gives no result', () => {
  services.session.select({ wires: ['w1'] });
  type('Linear 2');
  expect(wires()).toEqual(['linear>y.in', 'x>linear.x']);
  services.session.select({ wires: [Object.keys(model().wires)[0]!] });
  expect(refusal('output z')).toMatch(/^Expected a node that takes what the wire carries/);
});

it('wires what was dropped on empty canvas to the port that the wire came from', () => {
  const relu = type('relu');
  type('Linear 4', { from: { node: 'n1', port: 'out', side: 'output' } });
  expect(wires()).toContain('x>linear.x');
  type('constant 2', { from: { node: relu, port: 'x', side: 'input' } });
  expect(wires()).toContain('constant>relu.x');
});

it('calls a member again for shared weights, and feeds the free input of what is selected', () => {
  type('Linear 2 as encoder');
  type('multiply');
  type('constant 2');
  expect(wires()).toContain('constant>multiply.b');
  type('encoder');
  expect(model().members).toHaveLength(1);
  expect(wires()).toContain('multiply>encoder.x');
});

it('adds fields, a class with fields of what it is given, and a list of repeats', () => {
  type('field width 32');
  type('Linear 4*width');
  type('class Block width=width ×3 as blocks');
  const block = present().classes['c2']!;
  expect(block).toMatchObject({ name: 'Block', fields: [{ name: 'width', type: 'int', default: 32 }] });
  expect(model().members.at(-1)).toMatchObject({ name: 'blocks', type: 'class:c2', repeat: 3, args: { width: { $: 'width' } } });
  expect(code()).toContain('Block(width=width');
});

it('tells what it cannot read, and adds nothing', () => {
  expect(refusal('Linear depth')).toBe(
    'Expected a field for outFeatures (this class has none), got "depth". Add it first: field depth 64.',
  );
  expect(refusal('Linear 64 unit=3')).toMatch(/^Expected an argument among inFeatures, outFeatures/);
  expect(refusal('Linear 2.5')).toMatch(/outFeatures/);
  expect(refusal('Linear 4 useBias=3')).toMatch(/^Expected true, false or an expression over the fields for useBias, got "3"/);
  expect(refusal('relu 3')).toMatch(/^Expected no values for relu, got "3"/);
  expect(refusal('qqq')).toMatch(/^Expected a layer, an op, a class or a member, got "qqq"/);
  expect(refusal('Linear 4 as class')).toMatch(/keyword/);
  expect(refusal('constant two')).toMatch(/^Expected a number or lists of numbers/);
  expect(refusal('Linear 4 > Conv many')).toMatch(/many/);
});

it('lays a branch below what is there, over nothing', () => {
  type('Linear 2 > relu');
  services.session.select({ nodes: ['n1'] });
  type('Linear 3');
  const points = Object.values(model().layout).map(({ x, y }) => `${x},${y}`);
  expect(new Set(points).size).toBe(points.length);
  for (const a of Object.values(model().layout))
    for (const b of Object.values(model().layout)) if (a !== b) expect(Math.abs(a.x - b.x) >= 208 || Math.abs(a.y - b.y) >= 104).toBe(true);
});

it('reads a Param of a member, calls another of its methods, and takes named nodes in the order in which they are named', () => {
  type('input x batch,4');
  type('Linear 3 as encode > relu');
  type('encode.kernel > transpose');
  type('matmul relu transpose');
  expect(wires()).toEqual([
    'encode.kernel>transpose.x',
    'encode>relu.x',
    'matmul>y.in',
    'relu>matmul.a',
    'transpose>matmul.b',
    'x>encode.x',
  ]);
  expect(checkDocument(present()).problems).toEqual([]);
  expect(code()).toContain('jnp.transpose(self.encode.kernel[...])');
  type('cast int32');
  type('Embed 5 3');
  type('embed.attend');
  expect(wires()).toContain('embed>embed.attend.query');
  expect(refusal('encode.scale')).toMatch(/^Expected a layer, an op, a class or a member/);
});

it('adds a Param of the class as the free input of what is selected', () => {
  type('field width 8');
  type('multiply');
  type('Param width as scale');
  expect(wires()).toContain('scale>multiply.b');
  expect(model().members).toMatchObject([{ name: 'scale', type: 'Param', args: { shape: { $: 'width' } } }]);
  expect(code()).toContain('self.scale = nnx.Param(nnx.initializers.ones_init()(rngs.params(), (width,), jnp.float32))');
});

it('reads lengths without commas where nothing else can be meant, and what other libraries call GRU and LSTM', () => {
  type('input x batch 8 8 1');
  type('reshape -1 8 8');
  type('RNN gru 16');
  type('BiLSTM 8');
  type('GRU 4 reverse=true');
  expect(checkDocument(present()).problems).toEqual([]);
  const { nodes, members } = model();
  expect(Object.values(nodes).find((node) => node.kind === 'input')).toMatchObject({ shape: ['batch', 8, 8, 1] });
  expect(Object.values(nodes).find((node) => node.kind === 'op')).toMatchObject({ args: { shape: [-1, 8, 8] } });
  expect(members.map(({ type: name, args }) => [name, args['cell'], args['hiddenFeatures']])).toEqual([
    ['RNN', 'GRUCell', 16],
    ['Bidirectional', 'LSTMCell', 8],
    ['RNN', 'GRUCell', 4],
  ]);
  expect(refusal('reshape -1 8 relu6')).toContain('got "relu6"');
  expect(refusal('maxPool 2 2 2 2 2')).toContain('for maxPool, got "2"');
});
