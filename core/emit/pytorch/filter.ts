/** @file Filters as conditions on `name, module` of `named_modules`. */
import type { PathFilter, Path } from '../../document/schema.ts';
import { toSnakeCase } from '../../nnx/names.ts';
import { isLibraryType } from '../code-model.ts';
import { identifier } from '../identifier.ts';
import { writeText } from '../python/text.ts';
import { TorchRefusal } from './context.ts';
import type { TorchFile } from './file.ts';

/** One filter as a condition; `True` for everything. */
export function writeCondition(filter: PathFilter, file: TorchFile): string {
  switch (filter.kind) {
    case 'everything':
      return 'True';
    case 'nothing':
      return 'False';
    case 'type':
      return typeCondition(filter.type, file);
    case 'tag':
      throw new TorchRefusal('PyTorch has no tags.');
    case 'path': {
      const part = String(filter.contains);
      if (filter.exact) return `${writeText(toSnakeCase(part))} in name.split('.')`;
      return `${writeText(toSnakeCase(part))} in name`;
    }
    case 'pathIn':
      return `name in (${filter.paths.map((path) => writeText(writePath(path))).join(', ')}${filter.paths.length === 1 ? ',' : ''})`;
    case 'any':
    case 'all':
      return `(${filter.of.map((each) => writeCondition(each, file)).join(filter.kind === 'any' ? ' or ' : ' and ')})`;
    case 'not':
      return `not ${writeCondition(filter.of, file)}`;
  }
}

function typeCondition(type: string, file: TorchFile): string {
  if (type === 'Module') return 'True';
  if (type === 'List') return 'isinstance(module, nn.ModuleList)';
  if (!isLibraryType(type)) return `isinstance(module, ${identifier(type)})`;
  const classes = [...(file.classesOf.get(type) ?? [])].sort();
  if (classes.length === 0) return 'False';
  return `isinstance(module, ${classes.length === 1 ? classes[0] : `(${classes.join(', ')})`})`;
}

function writePath(path: Path): string {
  return path.map((part) => (typeof part === 'string' ? toSnakeCase(part) : String(part))).join('.');
}
