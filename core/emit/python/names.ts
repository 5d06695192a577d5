/** @file Names of a document as Python writes them: the last gate, through which nothing but identifiers goes. */
import { toSnakeCase } from '../../nnx/names.ts';

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The Python name of a field, a member, an input … @throws Error for what is no name: callers write what was checked. */
export function pythonName(name: string): string {
  return identifier(toSnakeCase(name));
}

/** A name that stays as it is, such as that of a class. @throws Error for what is no name. */
export function identifier(name: string): string {
  if (!IDENTIFIER.test(name)) throw new Error('internal: a text that is no name was to be written as one');
  return name;
}
