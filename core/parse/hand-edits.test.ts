/** Code that was changed by hand: as a person would, and as nobody should. */
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../document/parse.ts';
import type { ModelDocument } from '../document/schema.ts';
import { writeDocument } from '../document/write.ts';
import { emitFlax } from '../emit/flax/flax.ts';
import { example } from '../test/examples.ts';
import { template } from '../test/templates.ts';
import { readCode } from './index.ts';

/** A whole number below `count`, the same for the same seed. */
function randomFrom(seed: number): (count: number) => number {
  let state = seed;
  return (count) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
}

type Change = (lines: string[], pick: (count: number) => number) => void;

function lineWith(lines: readonly string[], pick: (count: number) => number, pattern: RegExp): number {
  const found = lines.flatMap((line, i) => (pattern.test(line) ? [i] : []));
  return found.length === 0 ? 0 : found[pick(found.length)]!;
}

const rename = (lines: string[], from: string, to: string) => {
  for (const [i, line] of lines.entries()) lines[i] = line.replaceAll(new RegExp(String.raw`\b${from}\b`, 'g'), to);
};

/** What people do to code: most of it is still a model. */
const CHANGES: Readonly<Record<string, Change>> = {
  'another number': (lines, pick) => {
    const at = lineWith(lines, pick, /= nnx\.\w+\(.*\d/);
    lines[at] = lines[at]!.replace(/(?<=\(.*?)\d+/, (digits) => String(Number(digits) + 1 + pick(5)));
  },
  'an argument more': (lines, pick) => {
    const at = lineWith(lines, pick, /nnx\.(?:Linear|Conv)\(.*rngs=rngs\)/);
    lines[at] = lines[at]!.replace('rngs=rngs', 'use_bias=False, rngs=rngs');
  },
  'arguments by name': (lines, pick) => {
    const at = lineWith(lines, pick, /nnx\.Linear\(\d+, \d+/);
    lines[at] = lines[at]!.replace(/nnx\.Linear\((\d+), (\d+)/, 'nnx.Linear(out_features=$2, in_features=$1');
  },
  'a member renamed': (lines, pick) => {
    const name = /self\.(\w+) = nnx/.exec(lines[lineWith(lines, pick, /self\.\w+ = nnx/)]!)?.[1];
    if (name !== undefined)
      for (const [i, line] of lines.entries())
        lines[i] = line.replaceAll(new RegExp(String.raw`self\.${name}\b`, 'g'), 'self.my_own_layer');
  },
  'a class renamed': (lines, pick) => rename(lines, /class (\w+)\(/.exec(lines[lineWith(lines, pick, /^class /)]!)![1]!, 'OtherName'),
  'an activation added': (lines, pick) => {
    const at = lineWith(lines, pick, /^ {8}return \w+$/);
    const name = /return (\w+)/.exec(lines[at]!)?.[1];
    if (name !== undefined) lines.splice(at, 0, `        ${name} = nnx.${['relu', 'gelu', 'silu', 'tanh'][pick(4)]!}(${name})`);
  },
  'a layer added': (lines, pick) => {
    const made = lineWith(lines, pick, /self\.\w+ = nnx\.\w+\(.*rngs=rngs\)$/);
    const returned = lines.findIndex((line, i) => i > made && /^ {8}return \w+$/.test(line));
    const name = /return (\w+)/.exec(lines[returned] ?? '')?.[1];
    if (name === undefined) return;
    lines.splice(returned, 0, `        ${name} = self.extra(${name})`);
    lines.splice(made + 1, 0, '        self.extra = nnx.LayerNorm(8, rngs=rngs)');
  },
  'a line of the forward pass removed': (lines, pick) => lines.splice(lineWith(lines, pick, /^ {8}\w+ = (?:nnx|self)\./), 1),
  'a member removed': (lines, pick) => lines.splice(lineWith(lines, pick, /^ {8}self\.\w+ = /), 1),
  'a value renamed': (lines, pick) => {
    const at = lineWith(lines, pick, /^ {8}(\w+) = (?:nnx|self)\./);
    const name = /^ {8}(\w+) =/.exec(lines[at]!)?.[1];
    if (name !== undefined) rename(lines, name, 'my_value');
  },
  'comments and empty lines': (lines, pick) => lines.splice(pick(lines.length), 0, '', '    # a remark', ''),
  'a text for a class': (lines, pick) => {
    const at = lineWith(lines, pick, /^class /) + 1;
    if (!lines[at]!.includes('"""')) lines.splice(at, 0, '    """What it is for."""');
  },
  'calls within calls': (lines, pick) => {
    const at = lineWith(lines, pick, /^ {8}(\w+) = nnx\.\w+\(\1\)$/);
    const [, name, call] = /^ {8}(\w+) = (nnx\.\w+)\(/.exec(lines[at]!) ?? [];
    if (name !== undefined) lines[at] = `        ${name} = ${call!}(0.5 * ${name} + ${name})`;
  },
  'a setting more': (lines, pick) => lines.splice(lineWith(lines, pick, /^model = /) + 1, 0, 'model.eval()'),
  'two lines swapped': (lines, pick) => {
    const at = lineWith(lines, pick, /^ {8}\w+ = /);
    [lines[at], lines[at + 1]] = [lines[at + 1]!, lines[at]!];
  },
  'a bracket lost': (lines, pick) => {
    const at = lineWith(lines, pick, /\)$/);
    lines[at] = lines[at]!.slice(0, -1);
  },
  'a function that does not exist': (lines, pick) => {
    const at = lineWith(lines, pick, /nnx\.[a-z]\w+\(/);
    lines[at] = lines[at]!.replace(/nnx\.[a-z]\w+\(/, 'nnx.leftpad(');
  },
  'a branch': (lines, pick) =>
    lines.splice(lineWith(lines, pick, /^ {8}return/), 0, '        if x.shape[0] > 1:', '            x = x + 1.0'),
  'another import': (lines) => lines.splice(2, 0, 'import os'),
  'code that would run': (lines) => lines.push("__import__('os').system('echo')"),
};

const SOURCES = ['digits', 'model', 'block']
  .map((name) => example(name))
  .concat(['mlp', 'lora-encoder', 'page-views', 'vae', 'gru-sequence'].map((name) => template(name)));

/** What is plainly the same style comes back, and what is none never does. */
const ALWAYS = new Set([
  'another number',
  'arguments by name',
  'a class renamed',
  'comments and empty lines',
  'a text for a class',
  'a setting more',
]);
const NEVER = new Set(['a bracket lost', 'a branch', 'another import', 'code that would run']);

describe('200 edits of code by hand come back as documents that keep what did not change, or are refused with the line', () => {
  it.each(Object.entries(CHANGES).map(([name, change], i) => [name, change, i] as const))('%s', (name, change, at) => {
    for (let i = 0; i < 10; i++) {
      const seed = at * 10 + i;
      const pick = randomFrom(seed * 7919 + 1);
      const base = SOURCES[pick(SOURCES.length)]!;
      const lines = codeOf(base).split('\n');
      change(lines, pick);
      const result = readCode(lines.join('\n'), base);
      const about = `${name} (seed ${seed})`;
      if (result.ok) {
        expect(NEVER.has(name), about).toBe(false);
        expectSound(result.document, base, about);
        continue;
      }
      expect(ALWAYS.has(name), `${about}: line ${result.line}: ${result.message}`).toBe(false);
      expect(result.line, about).toBeGreaterThan(0);
      expect(result.line, about).toBeLessThanOrEqual(lines.length);
      expect(result.message, about).toMatch(/^.{8,}[.?`]$/);
    }
  });

  it('which are twenty kinds of ten each', () => expect(Object.keys(CHANGES)).toHaveLength(20));
});

const codes = new Map<ModelDocument, string>();
function codeOf(document: ModelDocument): string {
  const code = codes.get(document) ?? emitFlax(document);
  codes.set(document, code);
  return code;
}

/** It is a file that opens, its code says the same again, and nodes that are still there lie where they lay. */
function expectSound(document: ModelDocument, base: ModelDocument, about: string): void {
  expect(parseDocument(writeDocument(document)).ok, about).toBe(true);
  const again = readCode(emitFlax(document), document);
  expect(again.ok && again.document === document, about).toBe(true);
  expect(document.run, about).toEqual(base.run);
  for (const [id, { layout }] of Object.entries(base.classes)) {
    const now = document.classes[id];
    // Where something new stands between others, what follows makes room.
    const isGrown = now && Object.keys(now.nodes).some((node) => !Object.hasOwn(layout, node));
    if (!now || isGrown) continue;
    for (const [node, point] of Object.entries(layout))
      if (Object.hasOwn(now.nodes, node)) expect(now.layout[node], `${about}: ${node}`).toEqual(point);
  }
}

const HEAD = 'from flax import nnx\n';
const model = (members: readonly string[], lines: readonly string[]) =>
  `${HEAD}class Model(nnx.Module):\n    def __init__(self, *, rngs: nnx.Rngs):\n${(members.length === 0 ? ['pass'] : members).map((line) => `        ${line}\n`).join('')}    def __call__(self, x):\n${lines.map((line) => `        ${line}\n`).join('')}model = Model(rngs=nnx.Rngs(0))\n`;
const refusal = (source: string) => {
  const result = readCode(source);
  return result.ok ? 'read' : `${result.line}: ${result.message}`;
};

describe('what is refused', () => {
  it.each([
    [
      'an unknown layer',
      model(['self.a = nnx.Liner(2, 3, rngs=rngs)'], ['return x']),
      '4: nnx.Liner is no layer that is known here. Is nnx.Linear meant?',
    ],
    [
      'an unknown argument',
      model(['self.a = nnx.Linear(2, 3, bias=False, rngs=rngs)'], ['return x']),
      '4: nnx.Linear: there is no argument bias.',
    ],
    [
      'a wrong kind of value',
      model(["self.a = nnx.Linear(2, 'three', rngs=rngs)"], ['return x']),
      "4: nnx.Linear: out_features cannot be 'three'.",
    ],
    ['a value that is not there', model([], ['return nnx.relu(z)']), '6: z has no value here.'],
    ['a member that is not there', model([], ['return self.linear(x)']), '6: There is no self.linear in this class.'],
    ['a condition', model([], ['y = x if x else 0', 'return y']), '6: "if" is not read: a graph has no branches.'],
    [
      'random numbers of its own',
      `${HEAD}class Part(nnx.Module):\n    def __call__(self, x):\n        return x\n${model(['self.a = Part(rngs=nnx.Rngs(5))'], ['return x']).slice(HEAD.length)}`,
      '7: A member takes the random numbers of its class: rngs=rngs.',
    ],
    ['two models', `${model([], ['return x'])}second = Model(rngs=nnx.Rngs(1))\n`, '8: There is a model already: second would be another.'],
    ['no model', `${HEAD}x = 3\n`, '2: Behind the classes stand the model, its settings and its views.'],
    ['a class within itself', model(['self.a = Model(rngs=rngs)'], ['return x']), '4: Model would contain itself.'],
    ['no text at all', '', '1: No model is made: the last part of a file is such as `model = Model(rngs=nnx.Rngs(0))`.'],
    ['deep nesting', model([], [`return ${'('.repeat(400)}x${')'.repeat(400)}`]), '6: This is nested more deeply than a person writes.'],
    ['an open text', `${HEAD}a = 'x\n`, '2: This text is never closed.'],
    [
      'a keyword as a name',
      model(['self.train = nnx.Linear(2, 3, rngs=rngs)'], ['return x']),
      '4: train cannot be the name of a member: expected a name that is no attribute of every Module.',
    ],
  ])('%s', (_, source, expected) => expect(refusal(source)).toBe(expected));

  it('computes nothing twice that code writes twice', () => {
    expect(refusal(model([], ['return nnx.relu(x).reshape((nnx.relu(x).shape[0], -1))']))).toContain('computed twice');
  });
});

describe('whatever stands there', () => {
  it('is a document or a refusal, and never an error: letters, words and lines taken away, doubled and swapped', () => {
    const codes = [codeOf(example('block')), codeOf(template('gru-sequence')), codeOf(template('vae'))];
    for (let seed = 0; seed < 240; seed++) {
      const pick = randomFrom(seed * 104_729 + 5);
      const code = codes[seed % codes.length]!;
      const parts = seed % 2 === 0 ? code.split(/(?<=\n)/) : code.split(/(?<=[^\w])|(?=[^\w])/);
      for (let i = 0; i < 1 + (seed % 3); i++) {
        const [at, other] = [pick(parts.length), pick(parts.length)];
        const kind = pick(3);
        if (kind === 0) parts.splice(at, 1);
        else if (kind === 1) parts.splice(at, 0, parts[other]!);
        else [parts[at], parts[other]] = [parts[other]!, parts[at]!];
      }
      const result = readCode(parts.join(''));
      if (!result.ok) expect(result.line).toBeGreaterThan(0);
    }
  });
});

describe('what people write', () => {
  const read = (source: string) => {
    const result = readCode(source);
    if (!result.ok) throw new Error(`${result.line}: ${result.message}`);
    return result.document;
  };

  it('reads layers called within functions, constants, and values that are kept aside', () => {
    const document = read(
      model(['self.fc1 = nnx.Linear(2, 2, rngs=rngs)'], ['skip = x', 'x = nnx.relu(self.fc1(x)) * 0.5', 'return x + skip']),
    );
    const { nodes, members } = document.classes['c1']!;
    expect(members.map(({ name, type }) => [name, type])).toEqual([['fc1', 'Linear']]);
    expect(Object.values(nodes).map((node) => (node.kind === 'op' ? node.op : node.kind))).toEqual([
      'input',
      'call',
      'relu',
      'constant',
      'multiply',
      'add',
      'output',
    ]);
  });

  it('perturbs only what reads the perturbed value', () => {
    const document = read(model([], ["z = self.perturb('grad', x)", 'return z + x']));
    const { nodes, probes, wires } = document.classes['c1']!;
    const [probe] = probes;
    expect(nodes[probe!.at.node]).toMatchObject({ kind: 'op', op: 'identity' });
    expect(Object.values(wires).filter(({ from }) => from.node === probe!.at.node)).toHaveLength(1);
  });

  it('takes the names of a document over where it stands for one, and keeps its notes', () => {
    const base = example('digits');
    const code = emitFlax(base).replaceAll('class Digit', 'class Digit');
    const at = /nnx\.Linear\(\d+, (\d+)/.exec(code)![0];
    const changed = readCode(code.replace(at, at.replace(/\d+$/, '48')), base);
    if (!changed.ok) throw new Error(changed.message);
    const [id] = Object.keys(base.classes);
    const [was, now] = [base.classes[id!]!, changed.document.classes[id!]!];
    expect(now.nodes).toBe(was.nodes);
    expect(now.wires).toBe(was.wires);
    expect(now.layout).toEqual(was.layout);
    expect(now.annotations).toEqual(was.annotations);
    expect(now.members.filter((member, i) => member !== was.members[i])).toHaveLength(1);
    expect(JSON.stringify(now.members)).toContain('48');
  });
});
