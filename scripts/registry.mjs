/**
 * @file Lists the layer types, op types, losses and data sources of core into `core/registry.gen.ts`.
 *
 * A new type is one new file, found by its name alone:
 *   core/layers/batch-norm.ts  exports the class `BatchNorm`    and the descriptor `batchNormLayer` (`type: 'BatchNorm'`)
 *   core/variables/param.ts    exports the descriptor `paramVariable` (`type: 'Param'`): what a class can own beside Modules
 *   core/ops/log-softmax.ts    exports the function `logSoftmax` and the descriptor `logSoftmaxOp`   (`type: 'logSoftmax'`)
 *   core/losses/cross-entropy.ts exports the descriptor `crossEntropyLoss` (`type: 'crossEntropy'`); core/sources/csv.ts `csvSource`
 * The descriptor's name is the file's name in camelCase followed by `Layer`, `Variable`, `Op`, `Loss` or `Source`; its `type` stands as a plain text in the
 * file and is the key in the registry. Code that several types share has no descriptor and lives in a subfolder such as
 * `core/layers/shared/`; `*.test.ts` and `index.ts` are passed over.
 *
 * The targets that code is written for are the folders of `core/emit` with a `target.ts`, which exports `flaxTarget` for `core/emit/flax`; they are
 * listed in `core/emit/targets.gen.ts`.
 *
 * The diagnoses are the files of `core/diagnose/diagnoses`: `activation-dead.ts` exports `activationDeadDiagnosis` (`code: 'activation/dead'`); they are
 * listed in `core/diagnose/diagnoses.gen.ts`.
 *
 * The conditions that pause a training are the files of `core/run/watches`: `norm-above.ts` exports `normAboveWatch` (`type: 'norm-above'`); they are listed
 * in `core/run/watches.gen.ts`.
 *
 * The templates are listed likewise, from the documents alone, into `assets/templates/index.json`, the small before the large, and last the examples of the Flax page.
 *
 *   node scripts/registry.mjs          writes the lists
 *   node scripts/registry.mjs --check  fails when a list is stale
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const core = join(import.meta.dirname, '..', 'core');
const target = join(core, 'registry.gen.ts');
const templates = join(core, '..', 'assets', 'templates');

const camelCase = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** The types of one folder, sorted by file name. */
function listTypes(folder, suffix) {
  const path = join(core, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'index.ts')
    .sort()
    .map((file) => {
      const place = `core/${folder}/${file}`;
      const source = readFileSync(join(path, file), 'utf8');
      const descriptor = camelCase(file.slice(0, -'.ts'.length)) + suffix;
      const definition = new RegExp(String.raw`export const ${descriptor}\b[^=]*=\s*define\w*${suffix}\(\{\s*type: '([A-Za-z]\w*)'`).exec(
        source,
      );
      if (!definition) {
        fail(
          `${place} does not export \`${descriptor} = define${suffix}({ type: '…', … })\`. ` +
            `Write it so, with \`type\` first, or move the file into core/${folder}/shared/ if it describes no type.`,
        );
      }
      return { type: definition[1], descriptor, file: `./${folder}/${file}`, place };
    });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

function table(name, kind, types) {
  const rows = types.map(({ type, descriptor }) => `  ${type}: ${descriptor},\n`).join('');
  return `const ${name} = {\n${rows}} as const satisfies Readonly<Record<string, ${kind}>>;\n`;
}

function write(layers, variables, ops, losses, sources) {
  const imports = [...layers, ...variables, ...ops, ...losses, ...sources]
    .map(({ descriptor, file }) => `import { ${descriptor} } from '${file}';\n`)
    .join('');
  return `/** @file Every layer type, op type, loss and data source. Written by \`npm run registry\` from the names of files; never edited by hand. */
${imports}import type { Descriptor, LayerDescriptor, OpDescriptor } from './spec/define.ts';
import type { LossDescriptor } from './spec/loss.ts';
import type { SourceDescriptor } from './spec/source.ts';

${table('layers', 'LayerDescriptor', layers)}
${table('variables', 'LayerDescriptor', variables)}
${table('ops', 'OpDescriptor', ops)}
${table('losses', 'LossDescriptor', losses)}
${table('sources', 'SourceDescriptor', sources)}
/** Descriptors by type, layers first. */
export const registry = { ...layers, ...ops } as const;

export type LayerType = keyof typeof layers;
export type OpType = keyof typeof ops;

/** The Variables that a class can own by type, for the palette. */
export const VARIABLES: Readonly<Record<string, LayerDescriptor>> = variables;

/** The descriptor of a layer, a Variable or an op, or undefined where the type is not known. */
export function findDescriptor(type: string): Descriptor | undefined {
  if (Object.hasOwn(VARIABLES, type)) return VARIABLES[type];
  return Object.hasOwn(registry, type) ? registry[type as LayerType | OpType] : undefined;
}

/** The losses by type, for menus. */
export const LOSSES: Readonly<Record<string, LossDescriptor>> = losses;

/** The data sources by type, for menus. */
export const SOURCES: Readonly<Record<string, SourceDescriptor>> = sources;

/** The loss of a type, or undefined where the type is not known. */
export function findLoss(type: string): LossDescriptor | undefined {
  return Object.hasOwn(LOSSES, type) ? LOSSES[type] : undefined;
}

/** The data source of a type, or undefined where the type is not known. */
export function findSource(type: string): SourceDescriptor | undefined {
  return Object.hasOwn(SOURCES, type) ? SOURCES[type] : undefined;
}
`;
}

const layers = listTypes('layers', 'Layer');
const variables = listTypes('variables', 'Variable');
const ops = listTypes('ops', 'Op');
const losses = listTypes('losses', 'Loss');
const sources = listTypes('sources', 'Source');
const seen = new Map();
for (const { type, place } of [...layers, ...variables, ...ops]) {
  if (seen.has(type)) fail(`${place} and ${seen.get(type)} both describe the type '${type}'. Rename one of them.`);
  seen.set(type, place);
}

/** What the gallery shows of a template before it reads the document. */
function describeTemplate(file) {
  const { name, classes, root } = JSON.parse(readFileSync(join(templates, file), 'utf8'));
  const size = Object.values(classes).reduce((sum, { nodes }) => sum + Object.keys(nodes).length, 0);
  return { size, entry: { file, title: name, className: classes[root.class].name, description: classes[root.class].doc } };
}

function listTemplates() {
  const all = readdirSync(templates)
    .filter((file) => file.endsWith('.espalier'))
    .map(describeTemplate);
  // What people draw comes before the examples of the page.
  const isOfPage = ({ entry }) => entry.file.startsWith('page-');
  const sorted = all.sort((a, b) => isOfPage(a) - isOfPage(b) || a.size - b.size || (a.entry.file < b.entry.file ? -1 : 1));
  return `${JSON.stringify(
    sorted.map(({ entry }) => entry),
    null,
    2,
  )}\n`;
}

/** Flax first, of which the program speaks; the others by name. */
function listTargets() {
  const folder = join(core, 'emit');
  const names = readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'target.ts')))
    .sort((a, b) => Number(b === 'flax') - Number(a === 'flax') || (a < b ? -1 : 1));
  const imports = names.map((name) => `import { ${camelCase(name)}Target } from './${name}/target.ts';\n`).join('');
  return `/** @file Every target that a model can be taken away to. Written by \`npm run registry\` from the folders beside it; never edited by hand. */
${imports}import type { Target } from './target.ts';

export type TargetName = ${names.map((name) => `'${name}'`).join(' | ')};

export const TARGETS: Readonly<Record<TargetName, Target>> = {
${names.map((name) => `  ${name}: ${camelCase(name)}Target,\n`).join('')}};
`;
}

/** By file name. The code is the file's name with a slash for one of its hyphens. */
function listDiagnoses() {
  const folder = join(core, 'diagnose', 'diagnoses');
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort();
  const names = files.map((file) => {
    const base = file.slice(0, -'.ts'.length);
    const name = `${camelCase(base)}Diagnosis`;
    const source = readFileSync(join(folder, file), 'utf8');
    const code = new RegExp(String.raw`export const ${name} = defineDiagnosis\(\{\s*code: '([a-z-]+/[a-z-]+)'`).exec(source)?.[1];
    if (code === undefined || code.replace('/', '-') !== base)
      fail(
        `core/diagnose/diagnoses/${file} does not export \`${name} = defineDiagnosis({ code: '…', … })\` with a code that reads as the file's name.`,
      );
    return { name, file };
  });
  const imports = names.map(({ name, file }) => `import { ${name} } from './diagnoses/${file}';\n`).join('');
  return `/** @file Every diagnosis. Written by \`npm run registry\` from the names of files; never edited by hand. */
import type { Diagnosis } from './define.ts';
${imports}
export const DIAGNOSES: readonly Diagnosis[] = [
${names.map(({ name }) => `  ${name},\n`).join('')}];
`;
}

/** By file name, which is the type. */
function listWatches() {
  const folder = join(core, 'run', 'watches');
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'define.ts')
    .sort();
  const names = files.map((file) => {
    const type = file.slice(0, -'.ts'.length);
    const name = `${camelCase(type)}Watch`;
    const source = readFileSync(join(folder, file), 'utf8');
    if (!new RegExp(String.raw`export const ${name} = defineWatch\(\{\s*type: '${type}'`).test(source))
      fail(`core/run/watches/${file} does not export \`${name} = defineWatch({ type: '${type}', … })\`.`);
    return { name, file };
  });
  const imports = names.map(({ name, file }) => `import { ${name} } from './watches/${file}';\n`).join('');
  return `/** @file Every condition that pauses a training. Written by \`npm run registry\` from the names of files; never edited by hand. */
import type { WatchDescriptor } from './watches/define.ts';
${imports}
export const WATCHES: readonly WatchDescriptor[] = [
${names.map(({ name }) => `  ${name},\n`).join('')}];
`;
}

/** The functions of the ops, each under the name of its type. */
function listFunctions() {
  const rows = ops.map(({ type, file }) => `export { ${type} } from '${file}';\n`).join('');
  return `/** @file The function of every op type. Written by \`npm run registry\` from the names of files; never edited by hand. */
${rows}`;
}

const lists = [
  { file: join(core, 'ops.gen.ts'), text: listFunctions(), name: 'core/ops.gen.ts', of: 'core/ops holds' },
  {
    file: join(core, 'emit', 'targets.gen.ts'),
    text: listTargets(),
    name: 'core/emit/targets.gen.ts',
    of: 'the folders of core/emit hold',
  },
  {
    file: join(core, 'diagnose', 'diagnoses.gen.ts'),
    text: listDiagnoses(),
    name: 'core/diagnose/diagnoses.gen.ts',
    of: 'core/diagnose/diagnoses holds',
  },
  {
    file: join(core, 'run', 'watches.gen.ts'),
    text: listWatches(),
    name: 'core/run/watches.gen.ts',
    of: 'core/run/watches holds',
  },
  { file: target, text: write(layers, variables, ops, losses, sources), name: 'core/registry.gen.ts', of: 'core/layers and core/ops hold' },
  { file: join(templates, 'index.json'), text: listTemplates(), name: 'assets/templates/index.json', of: 'assets/templates holds' },
];
for (const { file, text, name, of } of lists) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (process.argv.includes('--check')) fail(`${name} does not list what ${of}. Run \`npm run registry\` and commit the result.`);
  writeFileSync(file, text);
  console.log(`${name} is written anew.`);
}
