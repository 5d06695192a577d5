/** @file Filters in Flax's form. */
import type { PathFilter, Path } from '../../document/schema.ts';
import { toSnakeCase } from '../../nnx/names.ts';
import { writePlain, writeTuple } from '../python/literal.ts';
import { findDescriptor } from '../../registry.gen.ts';
import { isLibraryType } from '../code-model.ts';
import { identifier } from '../identifier.ts';
import { writeText } from '../python/text.ts';

/** The arguments of `set_attributes` that select: several where any may match, none for everything. */
export function writeFilters(filter: PathFilter): readonly string[] {
  if (filter.kind === 'everything') return [];
  return filter.kind === 'any' && filter.of.length > 1 ? filter.of.map(writeFilter) : [writeFilter(filter)];
}

/** One filter as an expression. */
export function writeFilter(filter: PathFilter): string {
  switch (filter.kind) {
    case 'everything':
      return '...';
    case 'nothing':
      return 'False';
    case 'type':
      return isFlaxType(filter.type) || isVariableType(filter.type) ? `nnx.${filter.type}` : identifier(filter.type);
    case 'tag':
      return `nnx.WithTag(${writeText(filter.tag)})`;
    case 'path':
      return writePathContains(filter.contains, filter.exact);
    case 'pathIn':
      return `nnx.filterlib.PathIn(${filter.paths.map(writePath).join(', ')})`;
    case 'any':
    case 'all':
      return `nnx.${filter.kind === 'any' ? 'Any' : 'All'}(${filter.of.map(writeFilter).join(', ')})`;
    case 'not':
      return `nnx.Not(${writeFilter(filter.of)})`;
  }
}

/** What is trained, as an expression: among the Params those that the filter selects. */
export function writeTrained(filter: PathFilter): string {
  // A type of Param of its own needs no further word.
  if (filter.kind === 'type' && isVariableType(filter.type)) return `nnx.${filter.type}`;
  return `nnx.All(nnx.Param, ${writeFilter(filter)})`;
}

function isVariableType(type: string): boolean {
  return type === 'Param' || type === 'LoRAParam';
}

/** Whether a type is Flax's own: what Flax lacks is a class of the file. */
export function isFlaxType(type: string): boolean {
  const found = findDescriptor(type);
  return isLibraryType(type) && !(found?.kind === 'layer' && found.emit.flax.definition);
}

function writePathContains(part: string | number, exact: boolean): string {
  if (exact) return `nnx.PathContains(${writePlain(typeof part === 'string' ? toSnakeCase(part) : part)})`;
  const text = String(part);
  const plain = `nnx.PathContains(${writeText(toSnakeCase(text))}, exact=False)`;
  if (!/^[A-Z]/.test(text)) return plain;
  // `Norm` in `batchNorm` is `_norm` in `batch_norm`; at the start of a name it stays.
  const inside = writeText(toSnakeCase(`a${text}`).slice(1));
  return `nnx.Any(${plain}, nnx.PathContains(${inside}, exact=False))`;
}

function writePath(path: Path): string {
  return writeTuple(path.map((part) => writePlain(typeof part === 'string' ? toSnakeCase(part) : part)));
}
