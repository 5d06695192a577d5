/** @file The last gate for names of a document, through which nothing but identifiers goes. */

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A name that stays as it is, such as that of a class. @throws Error for what is no name: callers write what was checked. */
export function identifier(name: string): string {
  if (!IDENTIFIER.test(name)) throw new Error('internal: a text that is no name was to be written as one');
  return name;
}
