/** @file Names of Python code as a document has them. */
import { nameFault, type NameUse } from '../../document/names.ts';
import { toCamelCase, toSnakeCase } from '../../nnx/names.ts';
import { refuse } from '../python/syntax.ts';

/** The document's own spelling, where code writes it back as it was. */
export function ownName(name: string): string {
  const camel = toCamelCase(name);
  return toSnakeCase(camel) === name ? camel : name;
}

/** The same, refused where it is no name for this. @throws ReadFault */
export function checkedName(name: string, use: NameUse, place: { readonly line: number }): string {
  const own = ownName(name);
  const fault = nameFault(own, use);
  if (fault !== undefined) refuse(place, `${name} cannot be the name of a ${use}: expected ${fault}.`);
  return own;
}
