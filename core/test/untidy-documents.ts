/** @file Models that somebody else has left: large, branching, five classes deep, with notes everywhere and all kinds of faults. */
import { parseDocument } from '../document/parse.ts';
import { VERSION, type ModelDocument } from '../document/schema.ts';

const WIDTH = 8;
const LONG = 'theLongNameOfAnAttributeThatSaysEverythingButWhatItIsFor';
const DEPTH = ['Backbone', 'Stage', 'GroupOfLayersWithALongClassNameIndeed', 'Layer', 'Residual'];
const COLORS = ['grey', 'blue', 'green', 'amber', 'red', 'violet'];

interface Draft {
  readonly id: string;
  readonly name: string;
  readonly doc: string;
  readonly fields: readonly object[];
  readonly members: Record<string, unknown>[];
  readonly nodes: Record<string, object>;
  readonly wires: Record<string, object>;
  readonly probes: object[];
  readonly layout: Record<string, object>;
  readonly annotations: object[];
}
type Port = readonly [node: string, port: string];

function draft(id: string, name: string): Draft {
  return { id, name, doc: '', fields: [], members: [], nodes: {}, wires: {}, probes: [], layout: {}, annotations: [] };
}

function put(into: Draft, id: string, x: number, y: number, what: object): void {
  into.nodes[id] = { id, ...what };
  into.layout[id] = { x: Math.round(x), y: Math.round(y) };
}

function wire(into: Draft, [node, port]: Port, to: string, toPort = 'x'): void {
  const id = `w_${to}_${toPort}`;
  into.wires[id] = { id, from: { node, port }, to: { node: to, port: toPort } };
}

function member(into: Draft, id: string, name: string, type: string, args: object = {}, more: object = {}): void {
  into.members.push({ id, name, type, args, ...more });
}

/** Numbers below 1, the same for each seed. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** A backbone of lists of stages, of lists of groups … of residual blocks. */
function nested(): Draft[] {
  return DEPTH.map((name, level) => {
    const made = draft(`d${level}`, name);
    put(made, 'i', 0, 0, { kind: 'input', name: 'x', order: 0, shape: null, dtype: 'float32' });
    put(made, 'o', 1800, 100, { kind: 'output', name: 'y', order: 0 });
    if (level === DEPTH.length - 1) {
      member(made, 'a', 'linear1', 'Linear', { inFeatures: WIDTH, outFeatures: 2 * WIDTH });
      member(made, 'b', 'linear2', 'Linear', { outFeatures: WIDTH });
      member(made, 'dr', 'dropout', 'Dropout', { rate: 0.1 });
      put(made, 'na', 300, 40, { kind: 'call', member: 'a' });
      put(made, 're', 600, -20, { kind: 'op', op: 'relu', args: {} });
      put(made, 'nb', 900, 60, { kind: 'call', member: 'b' });
      put(made, 'nd', 1200, 0, { kind: 'call', member: 'dr' });
      put(made, 'ad', 1500, 0, { kind: 'op', op: 'add', args: {} });
      for (const [from, to] of ['na re', 're nb', 'nb nd'].map((each) => each.split(' '))) wire(made, [from!, 'y'], to!);
      wire(made, ['i', 'out'], 'na');
      wire(made, ['i', 'out'], 'ad', 'a');
      wire(made, ['nd', 'y'], 'ad', 'b');
      wire(made, ['ad', 'y'], 'o', 'in');
      made.probes.push({ id: 'p1', at: { node: 're', port: 'y' }, kind: 'sow', name: 'seen', variableType: 'Intermediate' });
    } else {
      member(made, 'inner', level === 1 ? LONG : `inner${level}`, `class:d${level + 1}`, {}, { repeat: 2 });
      member(made, 'norm', 'norm', 'LayerNorm', { numFeatures: WIDTH });
      member(made, 'again', 'again', 'LayerNorm', {}, { aliasOf: 'norm' });
      put(made, 'c', 300, 200, { kind: 'call', member: 'inner' });
      put(made, 'n', 700, -100, { kind: 'call', member: 'norm' });
      put(made, 'n2', 1000, 300, { kind: 'call', member: 'again' });
      wire(made, ['i', 'out'], 'c');
      wire(made, ['c', 'y'], 'n');
      wire(made, ['n', 'y'], 'n2');
      wire(made, ['n2', 'y'], 'o', 'in');
    }
    made.annotations.push({ id: 'an1', kind: 'note', x: 0, y: -200, width: 300, height: 90, text: `Level ${level}\nsee the paper` });
    return made;
  });
}

/** What is wrong with a part, each by a name for its place. */
const FAULTS: readonly ((root: Draft, id: string, name: string, at: readonly [number, number], from: Port) => void)[] = [
  (root, id, name, at, from) => {
    member(root, `m${id}`, name, 'Linear', { inFeatures: 5, outFeatures: WIDTH });
    put(root, id, ...at, { kind: 'call', member: `m${id}` });
    wire(root, from, id);
  },
  (root, id, name, at, from) => {
    member(root, `m${id}`, name, 'FlashAttention3', { heads: 4, causal: true });
    put(root, id, ...at, { kind: 'call', member: `m${id}` });
    wire(root, from, id);
  },
  (root, id, name, at) => {
    member(root, `m${id}`, name, 'Linear');
    put(root, id, ...at, { kind: 'call', member: `m${id}` });
  },
  (root, id, _name, at, from) => {
    put(root, id, ...at, { kind: 'op', op: 'matmul', args: {} });
    wire(root, from, id, 'a');
  },
  (root, id, name, at, from) => {
    member(root, `m${id}`, name, 'class:gone');
    put(root, id, ...at, { kind: 'call', member: `m${id}` });
    wire(root, from, id);
  },
  (root, id, _name, at, from) => {
    put(root, id, ...at, { kind: 'op', op: 'quantumRelu', args: { q: '<img src=x onerror=alert(1)>' } });
    wire(root, from, id);
  },
  (root, id, name, at, from) => {
    member(root, `m${id}`, `${name} and more`, 'Linear', { inFeatures: WIDTH, outFeatures: { $: 'width * ' } });
    put(root, id, ...at, { kind: 'call', member: `m${id}` });
    wire(root, from, id);
  },
];

/** About so many nodes in the root. `faulty`: which share of the parts has something wrong; 0: a model that runs. */
export function untidyText(length: number, { seed = 1, faulty = 0.05 }: { readonly seed?: number; readonly faulty?: number } = {}): string {
  const next = numbers(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!;
  const root = draft('root', 'Inherited');
  const side = Math.sqrt(length);
  const place = (): [number, number] => [next() * side * 260, next() * side * 130];
  const live: Port[] = [['i', 'out']];
  const recent = (): Port => live[Math.max(0, live.length - 1 - Math.floor(next() ** 3 * Math.min(live.length, 40)))]!;
  const call = (id: string, at: readonly [number, number], of: string): void => {
    put(root, id, ...at, { kind: 'call', member: of });
    wire(root, recent(), id);
    live.push([id, 'y']);
  };
  put(root, 'i', ...place(), { kind: 'input', name: 'x', order: 0, shape: ['batch', WIDTH], dtype: 'float32' });
  member(root, 'bb', 'backbone', 'class:d0');
  call('bbn', place(), 'bb');
  const linears: string[] = [];
  for (let k = 0; k < length; k++) {
    const [id, at, name] = [`k${k}`, place(), next() < 0.03 ? `${LONG}${k}` : `part${k}`];
    if (next() < faulty) {
      FAULTS[Math.floor(next() * FAULTS.length)]!(root, id, name, at, recent());
      continue;
    }
    const kind = next();
    if (kind < 0.35) {
      member(root, `m${id}`, name, 'Linear', { inFeatures: WIDTH, outFeatures: WIDTH });
      call(id, at, `m${id}`);
      linears.push(`m${id}`);
    } else if (kind < 0.5) {
      member(root, `m${id}`, name, 'LayerNorm', { numFeatures: WIDTH });
      call(id, at, `m${id}`);
    } else if (kind < 0.6) {
      put(root, id, ...at, { kind: 'op', op: pick(['relu', 'tanh', 'gelu', 'sigmoid']), args: {} });
      wire(root, recent(), id);
      live.push([id, 'y']);
    } else if (kind < 0.8) {
      put(root, id, ...at, { kind: 'op', op: pick(['add', 'multiply', 'maximum']), args: {} });
      for (const port of ['a', 'b']) wire(root, recent(), id, port);
      live.push([id, 'y']);
    } else if (kind < 0.86 && linears.length > 0) call(id, at, pick(linears));
    else if (kind < 0.9) {
      member(root, `m${id}`, name, 'class:d4', {}, next() < 0.5 ? { repeat: 4 } : {});
      call(id, at, `m${id}`);
    } else if (kind < 0.93) member(root, `m${id}`, name, 'Linear', { inFeatures: 3, outFeatures: WIDTH });
    else if (kind < 0.96 && linears.length > 0) {
      member(root, `m${id}`, name, 'Linear', {}, { aliasOf: pick(linears) });
      call(id, at, `m${id}`);
    } else put(root, id, ...at, { kind: 'constant', value: 0.5, dtype: 'float32' });
    const [x, y] = at.map(Math.round) as [number, number];
    if (next() < 0.03) {
      const text =
        next() < 0.2 ? '<script>alert("hi")</script> \u202e reversed \u0000' : `TODO(${pick(['jan', 'mei'])}): why ${WIDTH}?\nAsk first.`;
      root.annotations.push({ id: `note${k}`, kind: 'note', x, y: y - 100, width: 240, height: 70, text });
    }
    if (next() < 0.02) {
      const title = next() < 0.3 ? `A title that is much too long for the frame around which it stands, number ${k}` : `Part ${k}`;
      root.annotations.push({ id: `frame${k}`, kind: 'frame', x: x - 50, y: y - 50, width: 700, height: 360, title, color: pick(COLORS) });
    }
    if (next() < 0.03 && root.nodes[id]) {
      const [probe, variableType] = next() < 0.5 ? ['sow', 'Intermediate'] : ['perturb', 'Perturbation'];
      const port = kind >= 0.96 ? 'out' : 'y';
      root.probes.push({ id: `pr${k}`, at: { node: id, port }, kind: probe, name: `probe${k}`, variableType });
    }
  }
  if (faulty > 0) {
    member(root, 'cyA', 'circleA', 'Linear', {}, { aliasOf: 'cyB' });
    member(root, 'cyB', 'circleB', 'Linear', {}, { aliasOf: 'cyA' });
    member(root, 'lost', 'lost', 'Linear', {}, { aliasOf: 'nobody' });
    put(root, 'cyN', ...place(), { kind: 'call', member: 'cyA' });
    put(root, 'nowhere', ...place(), { kind: 'call', member: 'nowhere' });
    put(root, 'loN', ...place(), { kind: 'call', member: 'lost' });
  }
  put(root, 'o', side * 260 + 200, side * 60, { kind: 'output', name: 'y', order: 0 });
  wire(root, live.at(-1)!, 'o', 'in');
  const unused = draft('unused', 'NeverUsed');
  put(unused, 'i', 0, 0, { kind: 'input', name: 'x', order: 0, shape: ['batch', 3], dtype: 'float32' });
  put(unused, 'o', 300, 0, { kind: 'output', name: 'y', order: 0 });
  wire(unused, ['i', 'out'], 'o', 'in');
  const inside = ['bb', 'inner', 0, 'inner', 1, 'inner', 0, 'inner', 1];
  return JSON.stringify({
    format: 'espalier',
    version: VERSION,
    name: `inherited-${length}`,
    classes: Object.fromEntries([root, ...nested(), unused].map((each) => [each.id, each])),
    root: { class: 'root', args: {} },
    settings: [
      { id: 's1', kind: 'train' },
      { id: 's2', kind: 'set', only: { kind: 'type', type: 'Dropout' }, attributes: { deterministic: true } },
      { id: 's3', kind: 'set', only: { kind: 'modules', at: [[...inside, 'dr']] }, attributes: { deterministic: false } },
    ],
    views: [
      { id: 'v1', name: 'frozen', only: { kind: 'path', contains: 'backbone', exact: true }, attributes: { deterministic: true } },
      { id: 'v2', name: 'all', only: { kind: 'everything' }, attributes: { deterministic: false } },
    ],
    bookmarks: [
      { key: 1, class: 'root', instance: [], x: 0, y: 0, zoom: 0.5 },
      { key: 3, class: 'd4', instance: inside, x: 100, y: 100, zoom: 1 },
    ],
    run: {
      seed: 0,
      source: { type: 'normal', args: { seed: 1 } },
      batchSize: 4,
      loss: { type: 'weightedSum', args: {} },
      optimizer: { type: 'sgd', args: { learningRate: 0.1 } },
      steps: 10,
    },
  });
}

/** The same, opened. */
export function untidyDocument(...args: Parameters<typeof untidyText>): ModelDocument {
  const parsed = parseDocument(untidyText(...args));
  if (!parsed.ok) throw new Error(parsed.refusals[0]!.message);
  return parsed.document;
}
