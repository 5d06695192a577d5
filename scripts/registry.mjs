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
 *   node scripts/registry.mjs          writes the list
 *   node scripts/registry.mjs --check  fails when the list is stale
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const core = join(import.meta.dirname, '..', 'core');
const target = join(core, 'registry.gen.ts');

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

const text = write(layers, variables, ops, losses, sources);
const isFresh = existsSync(target) && readFileSync(target, 'utf8') === text;
if (process.argv.includes('--check')) {
  if (!isFresh)
    fail('core/registry.gen.ts does not list what core/layers and core/ops hold. Run `npm run registry` and commit the result.');
} else if (!isFresh) {
  writeFileSync(target, text);
  console.log(`core/registry.gen.ts now lists ${layers.length} layer types and ${ops.length} op types.`);
}
