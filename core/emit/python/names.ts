/** @file Names of a document as Python writes them. */
import { toSnakeCase } from '../../nnx/names.ts';
import { identifier } from '../identifier.ts';

/** The Python name of a field, a member, an input … @throws Error for what is no name: callers write what was checked. */
export function pythonName(name: string): string {
  return identifier(toSnakeCase(name));
}
