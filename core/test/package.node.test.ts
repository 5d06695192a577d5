/** @file The package as a stranger has it: packed, unpacked in a folder of its own, and used by nothing but its public names. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transformWithOxc } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const readme = readFileSync(path.join(root, 'core/README.md'), 'utf8');
const EXAMPLES = [...readme.matchAll(/```ts\n(?<code>[^`]*)```\n\n```text\n(?<printed>[^`]*)```/g)].map(({ groups }) => ({
  // What stands in the repository as a file is a name of the package.
  code: groups!['code']!.replaceAll(
    /'\.\/core\/(?:(\w+)\/)?(\w+)\.ts'/g,
    (_, folder: string | undefined, file: string) => `'espalier${folder === undefined ? '' : `/${file === 'index' ? folder : file}`}'`,
  ),
  printed: groups!['printed']!,
}));

/** A document that is read, checked, described, built, run, and written as code that is read again. */
const DOCUMENTS = `
import { dispose, tf } from 'espalier';
import { startBackend } from 'espalier/backend';
import { buildModel } from 'espalier/build';
import { checkDocument } from 'espalier/check';
import { diffDocuments } from 'espalier/diff';
import { parseDocument, setParam, writeDocument, type ModelDocument } from 'espalier/document';
import { emitDocument, type TargetName } from 'espalier/emit';
import { createEngine } from 'espalier/engine';
import { readCode } from 'espalier/parse';
import { describeModel } from 'espalier/program';
import { readFileSync } from 'node:fs';

const parsed = parseDocument(readFileSync('model.espalier', 'utf8'));
if (!parsed.ok) throw new Error(parsed.refusals[0]?.message);
const document: ModelDocument = parsed.document;
console.log(checkDocument(document).problems.length, describeModel(document).classes.map(({ name }) => name).join());

await startBackend('cpu');
const { model, inputs } = buildModel(document);
const x = tf.ones([1, 2]);
const y = model.call(x);
console.log(inputs.length, y instanceof tf.Tensor ? y.shape : y.length);
dispose([model, x, y]);
console.log(tf.memory().numTensors);

const target: TargetName = 'flax';
const emitted = emitDocument(document, target);
if (!emitted.ok) throw new Error(emitted.problem.message);
const again = readCode(emitted.code, document);
console.log(again.ok && writeDocument(again.document) === writeDocument(document));
const [modelClass] = Object.values(document.classes);
const [member] = modelClass?.members ?? [];
if (modelClass && member) console.log(diffDocuments(document, setParam(document, modelClass.id, { member: member.id }, 'useBias', false))[0]?.message);

const answer = await new Promise<{ readonly kind: string }>((resolve) => {
  const engine = createEngine({ post: resolve, pause: () => new Promise((go) => void setTimeout(go)), backend: 'cpu' });
  engine.handle({ kind: 'describe', id: 1, document });
});
console.log(answer.kind);
`;

let folder: string;
let installed: string;

beforeAll(() => {
  // Where links lead is where Node looks.
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'espalier-package-')));
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: path.join(root, 'core'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [{ filename: string }];
  const modules = path.join(folder, 'node_modules');
  installed = path.join(modules, 'espalier');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', path.join(folder, packed.filename), '-C', installed, '--strip-components=1']);
  // What npm would install beside it.
  for (const name of ['@tensorflow', 'valibot', '@types', 'undici-types', '@webgpu'])
    if (existsSync(path.join(root, 'node_modules', name))) symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name));
  cpSync(path.join(root, 'assets/examples/model.espalier'), path.join(folder, 'model.espalier'));
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module", "private": true }');
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(name: string, source: string): Promise<string> {
  writeFileSync(path.join(folder, `${name}.ts`), source);
  const { code } = await transformWithOxc(source, `${name}.ts`, { sourcemap: false });
  writeFileSync(path.join(folder, `${name}.js`), code);
  const ran = spawnSync(process.execPath, [`${name}.js`], { cwd: folder, encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return ran.stdout;
}

describe('the package', () => {
  it.each(EXAMPLES.map((example, i) => [i + 1, example] as const))(
    'runs the example %i of the README in plain Node, as it says',
    async (i, { code, printed }) => {
      expect(await run(`example-${i}`, code)).toBe(printed);
    },
    60_000,
  );

  it('reads, checks, builds, runs and writes documents, and reads code', async () => {
    const printed = await run('documents', DOCUMENTS);
    expect(printed.trim().split('\n')).toEqual([
      '0 Model',
      '1 [ 1, 4 ]',
      '0',
      'true',
      expect.stringMatching(/useBias is false/),
      'described',
    ]);
  }, 60_000);

  it('has types that a stranger without skipLibCheck for his own code compiles against', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    expect(files).toHaveLength(EXAMPLES.length + 1);
    const compilerOptions = {
      target: 'ES2023',
      module: 'NodeNext',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
      lib: ['ES2023', 'DOM'],
      noImplicitAny: true,
    };
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
    const checked = spawnSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' });
    expect(checked.stdout).toBe('');
    expect(checked.status).toBe(0);
    // The types are there, and not merely any.
    writeFileSync(
      path.join(folder, 'wrong.ts'),
      "import { parseDocument } from 'espalier/document';\nconst n: number = parseDocument('');\nconsole.log(n);\n",
    );
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['wrong.ts'] }));
    expect(
      spawnSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' }).stdout,
    ).toContain('TS2322');
  }, 60_000);

  it('is for a page, too: nothing of Node is imported there', () => {
    const page = path.join(installed, 'dist/page');
    const files = readdirSync(page, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      // Imports stand at the top; lines like them further down are code that is written for others.
      const [imports] = /^(?:import\b[^;]*;\s*)*/.exec(readFileSync(path.join(page, file), 'utf8'))!;
      expect(imports, file).not.toMatch(/["'](?![./"'])[^"']*["'];/);
    }
  });
});
