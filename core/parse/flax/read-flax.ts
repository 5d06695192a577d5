/** @file Flax NNX code to a document: what this program writes, and what people write around it in the same style. Nothing of it is run. */
import { checkDocument } from '../../check/check-document.ts';
import { FORMAT, VERSION, type FilterSpec, type ModelClass, type ModelDocument, type PathFilter } from '../../document/schema.ts';
import { newDocument } from '../../document/new-document.ts';
import { resolvePath } from '../../document/references.ts';
import { VARIABLES, registry } from '../../registry.gen.ts';
import { parsePython } from '../python/parser.ts';
import { ReadFault, refuse, type Statement } from '../python/syntax.ts';
import { Classes } from './classes.ts';
import type { ClassStatement } from './known-classes.ts';
import { readModel, withInputs } from './model.ts';

export type FlaxRead =
  { readonly ok: true; readonly document: ModelDocument } | { readonly ok: false; readonly line: number; readonly message: string };

/** The document that code stands for, without places; or the first line that is not understood, and why. Never throws. */
export function readFlax(source: string): FlaxRead {
  try {
    return { ok: true, document: read(source) };
  } catch (error) {
    if (error instanceof ReadFault) return { ok: false, line: error.line, message: error.message };
    if (error instanceof RangeError) return { ok: false, line: 1, message: 'This is nested too deeply.' };
    throw error;
  }
}

const IMPORTS = new Set([
  'from flax import nnx',
  'import flax.nnx as nnx',
  'import jax',
  'import jax.numpy as jnp',
  'from jax import numpy as jnp',
  'import optax',
  'import math',
]);

function read(source: string): ModelDocument {
  const statements = parsePython(source);
  const classes: ClassStatement[] = [];
  const rest: Statement[] = [];
  for (const statement of statements) {
    if (statement.kind === 'class') {
      if (!isDefinition(statement)) classes.push(statement);
    } else if (statement.kind === 'import') {
      if (!IMPORTS.has(statement.text)) refuse(statement, `\`${statement.text}\` brings in what is not known here.`);
    } else if (statement.kind === 'def') {
      if (statement.name !== 'capturing') refuse(statement, `The function ${statement.name} is not read: a model is made of classes.`);
    } else if (statement.kind !== 'expression' || statement.value.kind !== 'text') rest.push(statement);
  }
  const known = new Classes(classes);
  const all = known.all();
  const model = readModel(known, rest);
  if (!model.root)
    refuse(
      { line: 1 + source.split('\n').length - 1 },
      'No model is made: the last part of a file is such as `model = Model(rngs=nnx.Rngs(0))`.',
    );
  const { class: rootClass, args } = model.root;
  const blank = newDocument(titleOf(source) ?? rootClass.name);
  const withShapes = (root: ModelClass): ModelDocument => ({
    ...blank,
    format: FORMAT,
    version: VERSION,
    classes: Object.fromEntries(all.map((each) => [each.id, each.id === root.id ? root : each])),
    root: { class: root.id, args },
    run: { ...blank.run, seed: model.seed },
  });
  // One row in front is the batch, unless the model stands only with exactly one.
  const batched = withShapes(withInputs(rootClass, model, 'batch'));
  const fixed = withShapes(withInputs(rootClass, model, 1));
  const document = hasFaults(batched) && !hasFaults(fixed) ? fixed : batched;
  const settings = model.settings.map((setting) =>
    setting.kind === 'set' ? { ...setting, only: withReferences(document, setting.only) } : setting,
  );
  const views = model.views.map((view) => ({ ...view, only: withReferences(document, view.only) }));
  return { ...document, settings, views };
}

function hasFaults(document: ModelDocument): boolean {
  return checkDocument(document).problems.some(({ severity, scope }) => severity === 'error' && scope === 'graph');
}

/** A class that Flax lacks, and that the code of a model brings along: as it was written, or it is one of the model's own. */
function isDefinition(statement: ClassStatement): boolean {
  const { [statement.name]: descriptor } = { ...VARIABLES, ...registry } as Readonly<Record<string, { readonly kind: string } | undefined>>;
  const definition =
    descriptor && 'emit' in descriptor ? (descriptor.emit as { flax: { definition?: { source: string } } }).flax.definition : undefined;
  if (!definition) return false;
  const [written] = parsePython(definition.source);
  if (JSON.stringify(withoutLines(written)) === JSON.stringify(withoutLines(statement))) return true;
  return refuse(statement, `${statement.name} is a layer of this program, and stays as it is written.`);
}

function withoutLines(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLines);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, each]) => (key === 'line' ? [] : [[key, withoutLines(each)]])));
}

/** The title in the line that this program writes first. */
function titleOf(source: string): string | undefined {
  return /^# (.+)\. Written by Espalier for Flax /.exec(source)?.[1];
}

function withReferences(document: ModelDocument, filter: PathFilter): FilterSpec {
  switch (filter.kind) {
    case 'pathIn': {
      const at = filter.paths.map((path) => resolvePath(document, path));
      return at.length > 0 && at.every((ref) => ref !== undefined) ? { kind: 'modules', at } : filter;
    }
    case 'any':
    case 'all':
      return { kind: filter.kind, of: filter.of.map((each) => withReferences(document, each)) };
    case 'not':
      return { kind: 'not', of: withReferences(document, filter.of) };
    default:
      return filter;
  }
}
