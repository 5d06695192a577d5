/** @file Filters in core's form. */
import type { PathFilter } from '../../document/schema.ts';
import { isLibraryType } from '../code-model.ts';
import { identifier } from '../identifier.ts';
import { writeValue } from './literal.ts';

const plain = (value: Parameters<typeof writeValue>[0]) => writeValue(value, String);

/** The value of `only`: an array where any of several may match. */
export function writeOnly(filter: PathFilter, use: (name: string) => string): string {
  return filter.kind === 'any' && filter.of.length > 1
    ? `[${filter.of.map((each) => writeFilter(each, use)).join(', ')}]`
    : writeFilter(filter, use);
}

function writeFilter(filter: PathFilter, use: (name: string) => string): string {
  const all = (of: readonly PathFilter[]) => of.map((each) => writeFilter(each, use)).join(', ');
  switch (filter.kind) {
    case 'everything':
      return 'true';
    case 'nothing':
      return 'false';
    case 'type':
      return isLibraryType(filter.type) ? use(filter.type) : identifier(filter.type);
    case 'tag':
      return `new ${use('WithTag')}(${plain(filter.tag)})`;
    case 'path':
      return `new ${use('PathContains')}(${plain(filter.contains)}${filter.exact ? '' : ', { exact: false }'})`;
    case 'pathIn':
      return `new ${use('PathIn')}(${filter.paths.map((path) => plain([...path])).join(', ')})`;
    case 'any':
    case 'all':
      return `new ${use(filter.kind === 'any' ? 'Any' : 'All')}(${all(filter.of)})`;
    case 'not':
      return `new ${use('Not')}(${writeFilter(filter.of, use)})`;
  }
}
