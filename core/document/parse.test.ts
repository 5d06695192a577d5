import { expect, it } from 'vitest';
import { newDocument } from './new-document.ts';
import { parseDocument } from './parse.ts';
import type { ModelDocument } from './schema.ts';
import { writeDocument } from './write.ts';

/** A new document with one value changed, as text. The path is written as a refusal would name it. */
function textWith(path: string, value: unknown): string {
  const copy = structuredClone(newDocument()) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop()!;
  let target = copy;
  for (const key of keys) target = target[key] as Record<string, unknown>;
  if (value === undefined) delete target[last];
  else target[last] = value;
  return JSON.stringify(copy);
}

function refusalsOf(text: string): readonly string[] {
  const result = parseDocument(text);
  return result.ok ? [] : result.refusals.map((refusal) => refusal.message);
}

function problemsOf(text: string) {
  const result = parseDocument(text);
  if (!result.ok) throw new Error(result.refusals[0]!.message);
  return result.problems;
}

it('says at which line and column a text stops being JSON', () => {
  expect(refusalsOf('{\n  "format": "espalier",\n  "version" 1\n}')).toEqual([
    'line 3, column 13: expected ":", got "1". Open a file that Espalier saved, or mend this one in a text editor.',
  ]);
  expect(refusalsOf('')[0]).toContain('line 1, column 1: expected a value, got the end of the file');
  expect(refusalsOf('{ "a": [1, 2')[0]).toContain('expected "," or "]", got the end of the file');
});

it('refuses a file that says a key twice, which would lose the first', () => {
  expect(refusalsOf('{ "format": 1, "format": 2 }')[0]).toContain('line 1, column 16: expected each key once, got "format" a second time');
});

it('refuses __proto__ as a key and leaves the prototype of objects alone', () => {
  expect(refusalsOf('{ "format": "espalier", "__proto__": { "polluted": true } }')[0]).toContain('a key other than __proto__');
  expect('polluted' in {}).toBe(false);
});

it('refuses ids that every object has', () => {
  const text = textWith('classes.c1.wires.w1.to.node', 'constructor');
  expect(refusalsOf(text)[0]).toContain('classes.c1.wires.w1.to.node: expected an id');
});

it('refuses other formats and newer versions by name', () => {
  expect(refusalsOf('{}')).toEqual(['format: expected "espalier", got a file without it. Open a document of Espalier (.espalier).']);
  expect(refusalsOf('[1]')[0]).toContain('format: expected "espalier"');
  expect(refusalsOf(textWith('version', 7))).toEqual([
    'version: expected at most 4, which this program understands, got 7. Open it with a newer Espalier; the file was left as it is.',
  ]);
  expect(refusalsOf(textWith('version', '1'))[0]).toContain('version: expected a whole number from 1, got "1"');
});

it.each([
  ['classes', undefined, 'classes: expected a value, got nothing'],
  [
    'classes.c1.nodes.n1.kind',
    'sink',
    'classes.c1.nodes.n1.kind: expected "input" or "output" or "call" or "op" or "constant", got "sink"',
  ],
  ['classes.c1.nodes.n1.order', 'first', 'classes.c1.nodes.n1.order: expected a number, got "first"'],
  ['classes.c1.members', [{ id: 'm1', name: 'a', type: 'Linear' }], 'classes.c1.members.0.args: expected a value, got nothing'],
  ['run.loss', { type: 3, args: {} }, 'run.loss.type: expected a text, got 3'],
  ['run.seed', 1e300, 'run.seed: expected a whole number of at most 9007199254740991, got 1e+300'],
  ['run.batchSize', 0, 'run.batchSize: expected a whole number from 1, got 0'],
  [
    'settings',
    [{ id: 's1', kind: 'set', only: { kind: 'not', of: { kind: 'type' } }, attributes: {} }],
    'settings.0.only.of.type: expected a value, got nothing',
  ],
])('names the place of what has the wrong shape: %s', (path, value, message) => {
  expect(refusalsOf(textWith(path, value))[0]).toContain(message);
});

it('refuses one id for two things', () => {
  const probe = { id: 'p1', at: { node: 'n1', port: 'out' }, kind: 'sow', name: 'a', variableType: 'Intermediate' };
  expect(refusalsOf(textWith('classes.c1.probes', [probe, { ...probe, name: 'b' }]))[0]).toContain(
    'classes.c1.probes.1.id: expected each id once, got "p1" a second time',
  );
  expect(refusalsOf(textWith('classes.c1.nodes.n1.id', 'n9'))[0]).toContain('classes.c1.nodes.n1.id: expected "n1", as its key, got "n9"');
});

it('refuses a text that is too large to be a model', () => {
  expect(refusalsOf(' '.repeat(64_000_001))[0]).toContain('expected at most 64000000 characters, got 64000001');
});

it('opens a document with a wire to nowhere, and names the wire', () => {
  const problems = problemsOf(textWith('classes.c1.wires.w1.to.node', 'n9'));
  expect(problems).toEqual([
    expect.objectContaining({
      code: 'wire/nowhere',
      place: { class: 'c1', wire: 'w1', node: 'n9' },
      message: 'wire from input x to "n9" of Model: expected a node of Model, got "n9", which is not there.',
      fix: 'Remove the wire, or lay it anew.',
    }),
  ]);
});

it('opens a document with an unknown layer and unknown keys, and saves them again', () => {
  const text = textWith('classes.c1.members', [
    { id: 'm1', name: 'magic', type: 'MagicLayer', args: { depth: [1, { deep: null }] }, note: '?' },
  ]);
  const result = parseDocument(text);
  expect(result).toMatchObject({ ok: true, problems: [] });
  if (result.ok) expect(JSON.parse(writeDocument(result.document))).toEqual({ ...JSON.parse(text), version: 2 });
});

it.each([
  ['root.class', 'c9', 'root/unknown', 'root class: expected a class of the document, got "c9".'],
  ['classes.c1.name', 'class', 'name/invalid', 'class class: expected a name that is no keyword of Python or TypeScript, got "class".'],
  [
    'classes.c1.members',
    [{ id: 'm1', name: 'train', type: 'Linear', args: {} }],
    'name/invalid',
    'member train of Model: expected a name that is no attribute of every Module, got "train".',
  ],
  [
    'classes.c1.members',
    [
      { id: 'm1', name: 'a', type: 'X', args: {} },
      { id: 'm2', name: 'a', type: 'X', args: {} },
    ],
    'name/duplicate',
    'member a of Model: expected each name once, got "a" a second time.',
  ],
  [
    'classes.c1.members',
    [{ id: 'm1', name: 'a', type: 'class:c1', args: {} }],
    'class/recursion',
    'member a of Model: expected a class that does not contain Model, got Model.',
  ],
  [
    'classes.c1.members',
    [{ id: 'm1', name: 'a', type: 'class:c7', args: {} }],
    'class/unknown',
    'member a of Model: expected a class of the document, got "c7".',
  ],
  [
    'classes.c1.members',
    [{ id: 'm1', name: 'a', type: 'X', args: {}, aliasOf: 'm1' }],
    'alias/nowhere',
    'member a of Model: expected another member of the class, got itself.',
  ],
  [
    'classes.c1.nodes.n3',
    { id: 'n3', kind: 'call', member: 'm4' },
    'member/unknown',
    'call n3 of Model: expected a member of Model, got "m4".',
  ],
  [
    'classes.c1.wires.w1.from.port',
    'side',
    'wire/nowhere',
    'wire from input x to output y of Model: expected the port "out", got "side", which is not there.',
  ],
  [
    'classes.c1.wires.w1.from.node',
    'n2',
    'wire/direction',
    'wire from output y to output y of Model: expected a node with an output port, got the output "y".',
  ],
  [
    'classes.c1.probes',
    [{ id: 'p1', at: { node: 'n8', port: 'out' }, kind: 'sow', name: 'a', variableType: 'T' }],
    'probe/nowhere',
    'probe a of Model: expected a port that a value leaves, got "n8", which is not there.',
  ],
])('reports what does not hold together: %s', (path, value, code, message) => {
  expect(problemsOf(textWith(path, value))).toEqual(
    expect.arrayContaining([expect.objectContaining({ code, message, severity: 'error' })]),
  );
});

it('warns of a probe with the name of a member, whose own captures it would replace', () => {
  const document = newDocument();
  const probes = [{ id: 'p1', at: { node: 'n1', port: 'out' }, kind: 'sow', name: 'block', variableType: 'Intermediate' }];
  const members = [{ id: 'm1', name: 'block', type: 'Linear', args: {} }];
  const text = JSON.stringify({ ...document, classes: { c1: { ...document.classes['c1'], probes, members } } });
  expect(problemsOf(text)).toEqual([expect.objectContaining({ severity: 'warning', code: 'probe/clash', got: '"block"' })]);
});

it('reports a cycle with its nodes', () => {
  const wire = (id: string, from: string, to: string) => ({ id, from: { node: from, port: 'y' }, to: { node: to, port: 'x' } });
  const base = newDocument();
  const op = (id: string) => ({ id, kind: 'op' as const, op: 'relu', args: {} });
  const looped: ModelDocument = {
    ...base,
    classes: {
      c1: {
        ...base.classes['c1']!,
        nodes: { ...base.classes['c1']!.nodes, n3: op('n3'), n4: op('n4') },
        wires: { ...base.classes['c1']!.wires, w2: wire('w2', 'n3', 'n4'), w3: wire('w3', 'n4', 'n3') },
      },
    },
  };
  expect(problemsOf(writeDocument(looped))).toEqual([expect.objectContaining({ code: 'graph/cycle', got: 'relu → relu → relu' })]);
});
