/** @file Which filters and attributes of settings and views may become code. */
import type { AttributeValue, ModelDocument, PathFilter } from '../document/schema.ts';
import { findDescriptor } from '../registry.gen.ts';
import { classFault, codeNameFault } from './sound.ts';

/** Why a filter cannot be written, for a comment: a type that is neither a layer nor a class that can be written. */
export function filterFault(document: ModelDocument, filter: PathFilter): string | undefined {
  switch (filter.kind) {
    case 'type': {
      if (filter.type === 'Module' || filter.type === 'List' || findDescriptor(filter.type)?.kind === 'layer') return undefined;
      const named = Object.values(document.classes).find(({ name }) => name === filter.type);
      return named && classFault(named) === undefined ? undefined : `the type "${filter.type}"`;
    }
    case 'any':
    case 'all':
      return filter.of.map((each) => filterFault(document, each)).find((fault) => fault !== undefined);
    case 'not':
      return filterFault(document, filter.of);
    case 'everything':
    case 'nothing':
    case 'tag':
    case 'path':
    case 'pathIn':
      return undefined;
  }
}

/** Why attributes cannot be written, for a comment: a name that cannot be one. */
export function attributesFault(attributes: Readonly<Record<string, AttributeValue>>): string | undefined {
  const name = Object.keys(attributes).find((each) => codeNameFault(each, 'input') !== undefined);
  return name === undefined ? undefined : `the attribute "${name}"`;
}
