/** @file Filters and settings as Flax writes them. */
import type { AttributeValue, FilterSpec, Path, Setting, View } from '../document/schema.ts';
import { findDescriptor } from '../registry.gen.ts';
import { toSnakeCase } from '../nnx/names.ts';
import { pythonArgument, pythonText, pythonTuple } from './python.ts';

const part = (key: string | number): string => (typeof key === 'number' ? String(key) : pythonText(toSnakeCase(key)));
const path = (parts: Path): string => pythonTuple(parts.map(part));

/** Types that `nnx` has besides the layers of the registry. */
const CONTAINERS = new Set(['Module', 'List', 'Dict', 'Sequential']);

function pythonType(name: string): string {
  return findDescriptor(name)?.kind === 'layer' || CONTAINERS.has(name) ? `nnx.${name}` : name;
}

export function flaxFilter(filter: FilterSpec): string {
  switch (filter.kind) {
    case 'everything':
      return '...';
    case 'nothing':
      return 'None';
    case 'type':
      return pythonType(filter.type);
    case 'tag':
      return `nnx.WithTag(${pythonText(filter.tag)})`;
    case 'path':
      return `nnx.PathContains(${part(filter.contains)}${filter.exact ? '' : ', exact=False'})`;
    case 'pathIn':
      return `nnx.filterlib.PathIn(${filter.paths.map(path).join(', ')})`;
    case 'any':
      return `nnx.Any(${filter.of.map(flaxFilter).join(', ')})`;
    case 'all':
      return `nnx.All(${filter.of.map(flaxFilter).join(', ')})`;
    case 'not':
      return `nnx.Not(${flaxFilter(filter.of)})`;
  }
}

function attributes(given: Readonly<Record<string, AttributeValue>>): string {
  return Object.entries(given)
    .map(([name, value]) => `${toSnakeCase(name)}=${pythonArgument(value, undefined, { use: () => undefined })}`)
    .join(', ');
}

/** The call that a setting stands for. */
export function flaxSetting(setting: Setting): string {
  if (setting.kind !== 'set') return `model.${setting.kind}()`;
  const only = setting.only.kind === 'everything' ? '' : `${flaxFilter(setting.only)}, `;
  return `model.set_attributes(${only}${attributes(setting.attributes)})`;
}

/** A second mode of the same weights, under its own name. */
export function flaxView(view: View): string {
  const only = view.only.kind === 'everything' ? '' : `, only=${flaxFilter(view.only)}`;
  return `${toSnakeCase(view.name)} = nnx.with_attributes(model${only}, ${attributes(view.attributes)})`;
}
