/** The TypeScript of every layer type, op type, example, template and of random models is run, and gives what the live model gives. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { check } from 'prettier';
import { describe, expect, it } from 'vitest';
import { buildModel, type LiveModel } from '../../build/build-model.ts';
import { checkDocument } from '../../check/check-document.ts';
import { addMember } from '../../document/edits/members.ts';
import { addConstant, addOp, renamePort } from '../../document/edits/nodes.ts';
import { addField } from '../../document/edits/fields.ts';
import { setClassDoc } from '../../document/edits/classes.ts';
import { connect } from '../../document/edits/wires.ts';
import { newDocument } from '../../document/new-document.ts';
import type { ModelDocument } from '../../document/schema.ts';
import { formula } from '../../fixtures/formula.ts';
import { oneNodeDocument } from '../../fixtures/one-node.ts';
import * as core from '../../index.ts';
import { capture } from '../../nnx/capture.ts';
import { dispose } from '../../nnx/dispose.ts';
import type { State } from '../../nnx/state.ts';
import { Intermediate, Perturbation } from '../../nnx/variable.ts';
import { registry } from '../../registry.gen.ts';
import type { Descriptor } from '../../spec/define.ts';
import { tf } from '../../tensor/tf.ts';
import { subjects } from '../../test/contract/subject.ts';
import { EXAMPLES, example } from '../../test/examples.ts';
import { makeEmitted, runTypeScript } from '../../test/run-typescript.ts';
import { template, TEMPLATES } from '../../test/templates.ts';
import { validDocument, withSettings } from '../../test/valid-documents.ts';
import { emitDocument } from '../emit-document.ts';

const ROWS = 2;
/** What was written, for one check of all types at the end. */
const written = new Map<string, string>();

function codeOf(document: ModelDocument, name?: string): string {
  const result = emitDocument(document, 'typescript');
  if (!result.ok) throw new Error(result.problem.message);
  if (name !== undefined) written.set(name, result.code);
  return result.code;
}

/** Inputs of the root: numbers around 0, or indices below 4. */
function inputsOf(document: ModelDocument): tf.Tensor[] {
  const found = checkDocument(document);
  const built = buildModel(document);
  dispose(built.model);
  return built.inputs.map(({ id, dtype }) => {
    const shape = found.shapeOf(document.root.class, id, 'out')!.shape.map((dim) => (typeof dim === 'number' ? dim : ROWS));
    const numbers = formula(shape, [7, 3, 11, 0, dtype === 'float32' ? 8 : 1]);
    return tf.tensor(dtype === 'float32' ? numbers : [...numbers].map((value) => value % (dtype === 'bool' ? 2 : 4)), shape, dtype);
  });
}

const numbersOf = (value: unknown): unknown =>
  value instanceof tf.Tensor ? [value.shape, value.dtype, [...value.dataSync()]] : (value as tf.Tensor[]).map(numbersOf);

/** Outputs and sowed values of one captured call, and how many tensors it leaves over. */
function ran(model: LiveModel, inputs: readonly tf.Tensor[]): unknown {
  const before = tf.memory().numTensors;
  const [out, sowed, perturbed] = capture(model, [Intermediate, Perturbation])(...inputs) as unknown as [tf.Tensor, State, State];
  const leaves = sowed.flat().map(([place, { value }]) => [place.join('.'), numbersOf(value)]);
  const result = { out: numbersOf(out), sowed: leaves, perturbed: perturbed.flat().map(([place]) => place.join('.')) };
  // What came in unchanged is needed again.
  dispose([[out].flat().filter((each) => !inputs.includes(each)), sowed, perturbed]);
  return { ...result, left: tf.memory().numTensors - before };
}

/** The same weights from the same seed, the same masks, the same numbers. */
async function compare(document: ModelDocument, source: string, inputs = inputsOf(document)): Promise<void> {
  const { model } = buildModel(document);
  const emitted = await makeEmitted(source);
  expect(ran(emitted, inputs)).toEqual(ran(model, inputs));
  expect(await check(source, { parser: 'typescript' }), source).toBe(true);
  dispose([model, emitted, inputs]);
}

describe.each(subjects.map((subject, i) => [`${subject.name} ${i}`, subject] as const))('the TypeScript of %s', (name, subject) => {
  it('computes what the live model computes, and prettier leaves it', async () => {
    const document = oneNodeDocument(subject);
    const inputs = Object.values(subject.example.inputs).map(({ shape, dtype = 'float32', below = 2 }) => {
      const numbers = formula(shape, dtype === 'float32' ? [7, 3, 23, -1, 8] : [3, 1, below, 0, 1]);
      return tf.tensor(numbers, [...shape], dtype);
    });
    await compare(document, codeOf(document, name), inputs);
  });
});

describe.each(EXAMPLES)('the TypeScript of the example %s', (name) => {
  it('computes what the live model computes, also in its views', async () => {
    const document = example(name);
    const source = codeOf(document, name);
    await compare(document, source);
    const exported = await runTypeScript(source);
    for (const view of document.views) expect(exported[view.name]).toBeTypeOf('function');
  });
});

it.each(TEMPLATES.map(({ name }) => name))(
  'the TypeScript of the template %s computes what the live model computes',
  async (name) => {
    const document = template(name);
    const source = codeOf(document, name);
    // Residual networks of images take long on the CPU: that they are made is enough.
    if (Object.values(document.classes).some(({ members }) => members.some(({ args }) => Number(args['outFeatures']) >= 256))) {
      expect(await check(source, { parser: 'typescript' })).toBe(true);
      return;
    }
    await compare(document, source);
  },
  120_000,
);

it('computes what random models compute, with their settings and modes', async () => {
  const documents = fc.sample(validDocument, { numRuns: 40, seed: 10 });
  for (const [i, each] of documents.entries()) {
    const document = i % 2 === 0 ? each : withSettings(each);
    await compare(document, codeOf(document, `random ${i}`));
  }
}, 120_000);

describe('names and texts', () => {
  const at = { x: 264, y: 0 };

  it('leave the names of the library to it', async () => {
    const added = addMember(newDocument(), 'c1', { type: 'Linear', args: { outFeatures: 2 }, at });
    let document = connect(added.document, 'c1', { node: 'n1', port: 'out' }, { node: added.node, port: 'x' });
    document = connect(document, 'c1', { node: added.node, port: 'y' }, { node: 'n2', port: 'in' });
    document = { ...document, classes: { c1: { ...document.classes['c1']!, name: 'Rngs' } } };
    document = renamePort(document, 'c1', 'n1', 'captured');
    const source = codeOf(document, 'a class Rngs');
    expect(source).toContain('Rngs as CoreRngs');
    await compare(document, source);
  });

  it('cannot end a comment or a text', async () => {
    const added = addOp(newDocument(), 'c1', { op: 'relu', at });
    let document = connect(added.document, 'c1', { node: 'n1', port: 'out' }, { node: added.node, port: 'x' });
    document = connect(document, 'c1', { node: added.node, port: 'y' }, { node: 'n2', port: 'in' });
    document = setClassDoc({ ...document, name: 'a\nb*/ c \u2028 d' }, 'c1', 'Ends */ here.\n"""\u202e and there');
    document = addField(document, 'c1', { name: 'note', type: 'text', default: '"\'\\\n\u2028`${1}', doc: '*/ x' }).document;
    await compare(document, codeOf(document, 'texts'));
  });

  it('has Python’s meaning of // and %', async () => {
    let document = addField(newDocument(), 'c1', { name: 'a', default: -7 }).document;
    document = addField(document, 'c1', { name: 'b', default: 2 }).document;
    const shape = [-1, { $: 'a // b + 5' }, { $: 'a % b * b' }];
    const added = addOp(document, 'c1', { op: 'reshape', args: { shape }, at });
    document = connect(added.document, 'c1', { node: 'n1', port: 'out' }, { node: added.node, port: 'x' });
    document = connect(document, 'c1', { node: added.node, port: 'y' }, { node: 'n2', port: 'in' });
    await compare(document, codeOf(document, 'expressions'));
  });

  it('writes constants of every type where they are used', async () => {
    let document = newDocument();
    let last = { node: 'n1', port: 'out' };
    for (const [op, value, dtype] of [
      ['add', 3, 'int32'],
      ['multiply', [[1, 2]], 'float32'],
      ['add', [true, false], 'bool'],
    ] as const) {
      const constant = addConstant(document, 'c1', { value: value as never, dtype, at });
      const node = addOp(constant.document, 'c1', { op, at });
      document = connect(node.document, 'c1', last, { node: node.node, port: 'a' });
      document = connect(document, 'c1', { node: constant.node, port: 'out' }, { node: node.node, port: 'b' });
      last = { node: node.node, port: 'y' };
    }
    document = connect(document, 'c1', last, { node: 'n2', port: 'in' });
    const source = codeOf(document, 'constants');
    expect(source).toContain('ops.add(x, tf.scalar(3, "int32"))');
    await compare(document, source);
  });
});

it('is written as far as the document is understood, with what is left out', () => {
  const document = addMember(newDocument(), 'c1', { type: 'MagicLayer', at: { x: 0, y: 0 } }).document;
  const source = codeOf(document);
  expect(source).toContain('// Not complete, the model has problems:');
  expect(source).toMatch(/\/\/ left out: magicLayer/);
});

it('takes only public names of core, which has every layer type', () => {
  const layers = Object.values(registry as Readonly<Record<string, Descriptor>>).filter(({ kind }) => kind === 'layer');
  expect(layers.filter(({ type }) => !(type in core)).map(({ type }) => type)).toEqual([]);
});

it('is TypeScript that the compiler accepts under strict rules', () => {
  // All at once: the compiler starts slowly.
  const folder = mkdtempSync(path.join(tmpdir(), 'espalier-typescript-'));
  try {
    const root = path.resolve(import.meta.dirname, '../../..');
    for (const [i, source] of [...written.values()].entries()) writeFileSync(path.join(folder, `emitted${i}.ts`), source);
    const compilerOptions = {
      lib: ['ES2023'],
      types: [],
      noUnusedParameters: false,
      paths: { espalier: [path.join(root, 'core/index.ts')] },
    };
    const config = { extends: path.join(root, 'tsconfig.base.json'), compilerOptions, include: ['*.ts'] };
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
    const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
    const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
    expect(stdout.split('\n').slice(0, 10).join('\n')).toBe('');
    expect(status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
