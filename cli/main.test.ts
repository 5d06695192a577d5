import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readSafetensors, writeSafetensors } from '../core/weights/safetensors.ts';
import { main } from './main.ts';

/** JSON as it comes: what stands in it is what is tested. */
type Loose = ReturnType<typeof JSON.parse>;

const root = path.join(import.meta.dirname, '..');
const digits = path.join(root, 'assets/examples/digits.espalier');
let folder: string;
beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'espalier-cli-test-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function call(...args: readonly string[]) {
  let [out, err] = ['', ''];
  const io = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    shipped: path.join(root, 'assets/data'),
  };
  const code = await main(args, io);
  return { code, out, err, json: (): Loose => JSON.parse(out) };
}

/** A document of version 1 in a file: x (batch, 2) through a Linear to classes. */
async function written(name: string, change: (document: Loose) => void = () => undefined): Promise<string> {
  const port = (node: string, port: string) => ({ node, port });
  const document = {
    format: 'espalier',
    version: 1,
    name,
    classes: {
      c: {
        id: 'c',
        name: 'Net',
        doc: '',
        fields: [],
        members: [{ id: 'm', name: 'linear', type: 'Linear', args: { inFeatures: 2, outFeatures: 3 } }],
        nodes: {
          i: { id: 'i', kind: 'input', name: 'x', order: 0, shape: ['batch', 2], dtype: 'float32' },
          l: { id: 'l', kind: 'call', member: 'm' },
          o: { id: 'o', kind: 'output', name: 'y', order: 0 },
        },
        wires: { a: { id: 'a', from: port('i', 'out'), to: port('l', 'x') }, b: { id: 'b', from: port('l', 'y'), to: port('o', 'in') } },
        probes: [],
        layout: {},
      },
    },
    root: { class: 'c', args: {} },
    settings: [],
    views: [],
    run: {
      seed: 0,
      source: { kind: 'csv', file: 'points.csv', label: 'y', scale: 1, testRows: 1 },
      batchSize: 2,
      loss: { kind: 'crossEntropy' },
      optimizer: { type: 'sgd', args: { learningRate: 0.1 } },
      steps: 3,
    },
  };
  change(document);
  const file = path.join(folder, `${name}.espalier`);
  await writeFile(file, JSON.stringify(document));
  return file;
}

describe('check', () => {
  it('counts parameters and modules of a sound document', async () => {
    const { code, json } = await call('check', digits, '--json');
    expect([code, json()]).toEqual([0, { problems: [], parameters: 2474, modules: 5 }]);
  });

  it('tells each problem with its code, place, message and fix, and ends with 1', async () => {
    const file = await written('wrong', (document) => void (document.classes.c.members[0].args.inFeatures = 5));
    const { code, json } = await call('check', file, '--json');
    expect(code).toBe(1);
    expect(json()['problems']).toEqual([
      expect.objectContaining({ code: 'shape/last-axis', severity: 'error', place: expect.objectContaining({ class: 'c', node: 'l' }) }),
    ]);
    expect(Object.keys(json()['problems'][0]!)).toEqual(['code', 'severity', 'place', 'message', 'fix']);
  });

  it('tells what is no document, and what is not there', async () => {
    const file = path.join(folder, 'text.espalier');
    await writeFile(file, '{ not JSON');
    expect((await call('check', file, '--json')).json()['problems']).toEqual([expect.objectContaining({ code: 'file/json' })]);
    expect(await call('check', path.join(folder, 'absent'), '--json')).toMatchObject({ code: 1 });
  });
});

describe('run', () => {
  it('gives loss, accuracy, outputs, and every wire and variable with its gradient', async () => {
    const { code, json, err } = await call('run', digits, '--json');
    const result = json();
    expect(code).toBe(0);
    expect(result).toMatchObject({ weights: { from: 'seed', seed: 0 }, problems: [] });
    expect(result.loss).toBeCloseTo(2.751113, 5);
    const wire = result.wires.find(({ node }: { node: string }) => node === 'n2');
    expect(wire).toMatchObject({ path: [], node: 'n2', port: 'y', call: 0, value: { shape: [64, 32], nans: 0, infinities: 0 } });
    expect(wire.gradient.norm).toBeGreaterThan(0);
    expect(result.outputs[0].values).toHaveLength(640);
    expect(result.insides[0]).toMatchObject({
      path: ['linear1'],
      name: 'output',
      call: 0,
      calledBy: { path: [], node: 'n2' },
      value: { norm: wire.value.norm },
    });
    expect(result.variables.map(({ path }: { path: string[] }) => path.join('.'))).toContain('linear1.kernel');
    expect(err).toContain('forward');
  });

  it('takes the data beside the document, and those inside a document of version 1 (T7)', async () => {
    await writeFile(path.join(folder, 'points.csv'), 'a;b;y\n1;2;0\n3;4;1\n5;6;2\n2;1;0\n4;3;1\n6;5;2\n');
    const beside = await call('run', await written('beside', (document) => void (document.run.source.testRows = 3)), '--json');
    expect([beside.code, beside.json()['problems']]).toEqual([0, []]);
    const inside = await call(
      'run',
      await written('inside', (document) =>
        Object.assign(document.run.source, { file: 'absent.csv', testRows: 0, text: 'a,b,y\n1,2,0\n3,4,1\n5,6,2\n2,1,0\n' }),
      ),
      '--json',
    );
    expect([inside.code, inside.json()['problems']]).toEqual([0, []]);
  });

  it('names the place of what is not finite, writes NaN as a text, and ends with 1 (N1, T10)', async () => {
    const file = await written('nan', (document) => {
      const { nodes, wires } = document.classes.c;
      nodes.log = { id: 'log', kind: 'op', op: 'log', args: {} };
      wires.b.from = { node: 'log', port: 'y' };
      wires.c = { id: 'c', from: { node: 'l', port: 'y' }, to: { node: 'log', port: 'x' } };
    });
    const { code, json } = await call('run', file, '--json');
    const result = json();
    expect([code, result.loss, result.accuracy]).toEqual([1, 'NaN', 'NaN']);
    expect(result.problems).toContainEqual(expect.objectContaining({ code: 'run/not-finite', place: { path: [], node: 'log' } }));
  });

  it('says with --diagnose what is wrong, where, by which numbers, and what was looked at', async () => {
    const file = await written('dead', (document) => {
      const { nodes, wires, members } = document.classes.c;
      Object.assign(members[0].args, { biasInit: { name: 'constant', value: -1000 } });
      nodes.relu = { id: 'relu', kind: 'op', op: 'relu', args: {} };
      wires.b.from = { node: 'relu', port: 'y' };
      wires.c = { id: 'c', from: { node: 'l', port: 'y' }, to: { node: 'relu', port: 'x' } };
      Object.assign(document.run, { source: { kind: 'normal', seed: 1 }, batchSize: 16, loss: { kind: 'sum' } });
    });
    const { code, json } = await call('run', file, '--diagnose', '--json');
    const { diagnoses, checked } = json();
    expect(code).toBe(1);
    expect(diagnoses).toContainEqual(
      expect.objectContaining({
        code: 'activation/dead',
        severity: 'error',
        path: [],
        node: 'relu',
        evidence: expect.objectContaining({ dead: 3 }),
      }),
    );
    expect(checked).toContainEqual(expect.objectContaining({ code: 'activation/dead', checked: 1, notChecked: 0, found: 1 }));
    expect((await call('run', file, '--diagnose')).out).toContain('[activation/dead at relu]');
    expect((await call('run', file, '--json')).json()).not.toHaveProperty('diagnoses');
  });

  it('diagnoses a run that fails by its data', async () => {
    const file = await written('few', (document) => void (document.classes.c.members[0].args.outFeatures = 2));
    await writeFile(path.join(folder, 'points.csv'), 'a;b;y\n1;2;0\n3;4;1\n5;6;2\n2;1;0\n4;3;1\n6;5;2\n');
    const { code, json } = await call('run', file, '--diagnose', '--json');
    expect([code, json()['diagnoses'][0]]).toEqual([1, expect.objectContaining({ code: 'data/label-out-of-range', node: 'l' })]);
  });

  it('says which id has no row in its table before it runs (T10)', async () => {
    await writeFile(path.join(folder, 'ids.csv'), 't0,t1,y\n1,2,0\n3,12,1\n1,1,0\n');
    const file = await written('ids', (document) => {
      Object.assign(document.run.source, { file: 'ids.csv' });
      document.classes.c.nodes.i.dtype = 'int32';
      document.classes.c.members[0] = { id: 'm', name: 'table', type: 'Embed', args: { numEmbeddings: 10, features: 4 } };
    });
    const { code, json } = await call('run', file, '--json');
    expect(code).toBe(1);
    expect(json()['problems'][0]).toMatchObject({ code: 'data/id-range', place: { node: 'l' } });
    expect(json()['problems'][0].message).toContain('Row 2, column "t1": expected an id from 0 to 9');
  });
});

describe('train', () => {
  it('learns the irises in their sorted file to nine in ten of rows it has not seen (T1), and writes weights that a run takes', async () => {
    const file = await written('iris', (document) => {
      Object.assign(document.run.source, { file: 'iris.csv', label: 'species', testRows: 30 });
      document.classes.c.nodes.i.shape = ['batch', 4];
      document.classes.c.members[0].args.inFeatures = 4;
      Object.assign(document.run, { batchSize: 32, optimizer: { type: 'adam', args: { learningRate: 0.05 } } });
    });
    const out = path.join(folder, 'iris.safetensors');
    const trained = await call('train', file, '--steps', '200', '--weights-out', out, '--json');
    const result = trained.json();
    expect([trained.code, result.steps, result.curve.length]).toEqual([0, 200, 200]);
    expect(result.testAccuracy).toBeGreaterThanOrEqual(0.9);
    const run = await call('run', file, '--weights', out, '--json');
    expect(run.json()['weights']).toEqual({ from: 'file' });
    expect(run.json()['loss']).toBeLessThan(0.4);
  });

  it('keeps the last finite weights of a divergence, and ends with 1 (T4)', async () => {
    const file = await written('hot', (document) => void (document.run.optimizer.args.learningRate = 3e38));
    const { code, json } = await call('train', file, '--steps', '9', '--json');
    const result = json();
    expect(code).toBe(1);
    expect(result.problems).toContainEqual(expect.objectContaining({ code: 'train/not-finite' }));
    expect(result.steps).toBeLessThan(result.curve.length);
  });
});

describe('export', () => {
  it('writes the code to standard output, or to a file', async () => {
    const file = path.join(folder, 'model.py');
    const { code, out } = await call('export', digits);
    expect([code, (await call('export', digits, '-o', file)).code]).toEqual([0, 0]);
    expect(out).toContain('class Classifier(nnx.Module):');
    expect(await readFile(file, 'utf8')).toBe(out);
  });

  it('writes the training script, too', async () => {
    const { code, out } = await call('export', digits, '--training');
    expect(code).toBe(0);
    expect(out).toContain('optimizer = nnx.Optimizer(model, optax.');
  });

  it('writes a script that reads a table in the encoding that it has, with all that was recognised of it (T7)', async () => {
    const file = await written('wide', ({ run }) => Object.assign(run.source, { file: 'wide.csv', testRows: 0 }));
    const table = '# two lines\n# of words\na;b;y;\n1.234,5;2 %;0\n#5;6 %;1\n2,5;1 %;1\n3;4 %;2\n';
    await writeFile(path.join(folder, 'wide.csv'), Buffer.from(`\ufeff${table}`, 'utf16le'));
    const { code, out } = await call('export', file, '--training');
    expect(code).toBe(0);
    expect(out).toContain("with open(FILE, newline='', encoding='utf-16') as file:");
    expect(out).toContain("return (line for line in file if not line.lstrip(' ').startswith('#'))");
    expect(out).toContain("cell = cell.replace('.', '')\n    cell = cell.replace(',', '.')\n    return float(cell[:-1]) / 100");
    expect((await call('run', file, '--json')).json().problems).toEqual([]);
  });

  it('writes another target, and says what that has not', async () => {
    const { code, out } = await call('export', digits, '--target', 'typescript');
    expect(code).toBe(0);
    expect(out).toContain('export class Classifier extends Module {');
    const training = await call('export', digits, '--target', 'typescript', '--training');
    expect(training.code).toBe(1);
    expect(training.err).toContain('There is no training script for TypeScript.');
  });
});

describe('export with weights', () => {
  it('writes code, weights and what loads them beside each other', async () => {
    const { code, json } = await call('export', digits, '--weights', '-o', path.join(folder, 'classifier.py'), '--json');
    const names = ['classifier.py', 'classifier.safetensors', 'load_classifier.py'].map((name) => path.join(folder, name));
    expect([code, json()['files']]).toEqual([0, names]);
    const weights = readSafetensors(await readFile(names[1]!)).tensors;
    expect(Object.keys(weights)).toContain('batch_norm.var');
    expect(await readFile(names[2]!, 'utf8')).toContain('from classifier import model');
  });

  it('writes a project with what the app computes, and how to run it', async () => {
    for (const target of ['flax', 'typescript', 'onnx']) {
      const project = path.join(folder, target);
      expect((await call('export', digits, '--target', target, '--project', '-o', project)).code).toBe(0);
      expect((await readdir(project)).length).toBeGreaterThanOrEqual(6);
      expect(await readFile(path.join(project, 'README.md'), 'utf8')).toContain('# Digits classifier');
      const recorded = readSafetensors(await readFile(path.join(project, 'recorded.safetensors'))).tensors;
      expect([recorded['input0']!.shape, recorded['output0']!.shape]).toEqual([
        [2, 64],
        [2, 10],
      ]);
    }
  });

  it.each([
    ['truncated', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 4)],
    ['hostile', () => Uint8Array.from([255, 255, 255, 255, 255, 255, 255, 127])],
    ['of another shape', () => writeSafetensors({ 'linear1.kernel': { dtype: 'F32', shape: [1], data: Float32Array.of(1) } })],
  ])('refuses a file of weights that is %s, and writes nothing', async (name, change) => {
    await call('export', digits, '--weights', '-o', path.join(folder, 'whole.py'));
    const from = path.join(folder, `${name.replaceAll(' ', '')}.safetensors`);
    await writeFile(from, change(await readFile(path.join(folder, 'whole.safetensors'))));
    const out = path.join(folder, `${name.replaceAll(' ', '')}.onnx`);
    const { code, err } = await call('export', digits, '--target', 'onnx', '--from', from, '-o', out);
    expect(code).toBe(1);
    expect(err).toMatch(/Expected .* got /);
    await expect(readFile(out)).rejects.toThrow('ENOENT');
  });

  it('names the node that the target has nothing for before anything is written', async () => {
    const out = path.join(folder, 'refused.onnx');
    const file = await written('roll', (document) => {
      const { nodes, wires } = document.classes.c;
      nodes.roll = { id: 'roll', kind: 'op', op: 'roll', args: { axis: 0 } };
      wires.b.from = { node: 'roll', port: 'y' };
      wires.c = { id: 'c', from: { node: 'l', port: 'y' }, to: { node: 'roll', port: 'x' } };
    });
    const { code, err } = await call('export', file, '--target', 'onnx', '-o', out);
    expect([code, err]).toEqual([1, expect.stringContaining('(roll): The length of its axis 0 is known only in a run')]);
    await expect(readFile(out)).rejects.toThrow('ENOENT');
    const verified = await call('verify', file, '--target', 'onnx', '--json');
    expect(verified.code).toBe(1);
    expect(verified.json()['refused']).toEqual([
      expect.objectContaining({ node: expect.stringContaining('roll'), place: { class: 'c', node: 'roll' } }),
    ]);
  });
});

describe('verify', () => {
  it.each(['typescript', 'onnx'])('runs the code of %s, compares it with core, and certifies it', async (target) => {
    const certificate = path.join(folder, `${target}.certificate.json`);
    const { code, json } = await call('verify', digits, '--target', target, '--certificate', certificate, '--json');
    const found = json();
    expect([code, found.target, found.refused]).toEqual([0, target, []]);
    expect(found.largestDifference).toBeLessThanOrEqual(1e-4);
    expect(Object.keys(found.byQuantity)).toEqual(['output logits']);
    expect(JSON.parse(await readFile(certificate, 'utf8'))).toMatchObject({
      target,
      versions: found.versions,
      document: expect.any(String),
    });
  });

  it('says that there is no Python with the packages, and finds nothing out', async () => {
    vi.stubEnv('PATH', folder);
    vi.stubEnv('PYTHON', '');
    const { code, err } = await call('verify', digits, '--target', 'pytorch');
    vi.unstubAllEnvs();
    expect(code).toBe(2);
    expect(err).toMatch(/No Python (was found here|here has all of torch)/);
  });
});

describe('wrong use', () => {
  it.each([
    [[]],
    [['paint']],
    [['check']],
    [['check', 'a', 'b']],
    [['check', digits, '--colour']],
    [['run', digits, '--batch', 'first']],
    [['train', digits, '--steps', '0']],
    [['export', digits, '--target', 'cobol']],
    [['export', digits, '--target', 'onnx']],
  ])('%j ends with 2 and says what was expected', async (args) => {
    const { code, out, err } = await call(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/[Ee]xpected|Unknown option/);
    expect(err).toContain('Usage:');
  });

  it('is helped by --help, of all commands and of each', async () => {
    expect(await call('--help')).toMatchObject({ code: 0, err: '' });
    expect((await call('train', '--help')).out).toContain('--weights-out FILE');
  });
});

describe('import', () => {
  it('gives a document back from its code, changed by hand, and keeps the rest of it', async () => {
    const code = path.join(folder, 'digits.py');
    const back = path.join(folder, 'back.espalier');
    expect((await call('export', digits, '-o', code)).code).toBe(0);
    const same = await call('import', code, '--onto', digits, '-o', back);
    expect(same.code).toBe(0);
    expect(JSON.parse(await readFile(back, 'utf8'))).toEqual(JSON.parse(await readFile(digits, 'utf8')));
    await writeFile(
      code,
      (await readFile(code, 'utf8')).replace(/model = .*\n/, (made) => `${made}model.eval()\n`),
    );
    expect((await call('import', code, '--onto', digits, '-o', back)).code).toBe(0);
    expect((await call('diff', digits, back, '--json')).json()).toEqual({
      differences: [{ kind: 'added', of: 'setting', place: { setting: 's1' }, message: 'The setting eval() is new.' }],
    });
    expect((await call('diff', digits, digits)).out).toBe('No difference.\n');
    expect((await call('diff', digits)).code).toBe(2);
    await writeFile(code, (await readFile(code, 'utf8')).replace('model = ', 'def helper():\n    pass\nmodel = '));
    const line = (await readFile(code, 'utf8')).split('\n').indexOf('def helper():') + 1;
    const refused = await call('import', code, '--json');
    expect(refused.code).toBe(1);
    expect(refused.json().problems).toMatchObject([{ code: 'import/line', place: { line } }]);
    expect((await call('import', path.join(folder, 'nowhere.py'))).err).toContain('cannot be read');
  });
});
