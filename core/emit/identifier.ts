/** @file The last gate for names of a document, through which nothing but identifiers goes. */

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A text stands where code needs a name. The check has words for it, and its place. */
export class NotAName extends Error {
  override readonly name = 'NotAName';
}

/** A name that stays as it is, such as that of a class. @throws NotAName for what is none. */
export function identifier(name: string): string {
  if (!IDENTIFIER.test(name)) throw new NotAName('A text that is no name was to be written as one.');
  return name;
}
