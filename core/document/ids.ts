/** @file Short ids that never change: a letter and the next free number. No randomness, so that an edit is a function. */

/** The next id with this prefix: one more than the largest number in use, so that ids of removed items are not given to new ones at once. */
export function nextId(prefix: string, taken: Iterable<string>): string {
  let largest = 0;
  for (const id of taken) largest = Math.max(largest, numberIn(id, prefix));
  return `${prefix}${largest + 1}`;
}

/** The number of an id with this prefix; 0 for any other. */
export function numberIn(id: string, prefix: string): number {
  const count = id.length - prefix.length;
  if (count < 1 || count > 9 || !id.startsWith(prefix)) return 0;
  let number = 0;
  for (let i = prefix.length; i < id.length; i++) {
    const code = id.charCodeAt(i);
    if (!isDigit(code)) return 0;
    number = 10 * number + code - ZERO;
  }
  return number;
}

const ZERO = 48;

/** Orders ids as a person would: `n2` before `n10`. Total: equal only if the texts are equal. */
export function compareIds(a: string, b: string): number {
  const [cutA, cutB] = [wordLength(a), wordLength(b)];
  const [wordA, wordB] = [a.slice(0, cutA), b.slice(0, cutB)];
  if (wordA !== wordB) return wordA < wordB ? -1 : 1;
  const difference = Number(a.slice(cutA)) - Number(b.slice(cutB));
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many letters stand before the digits at the end. No regular expression, here and below: a large document has ten thousands of ids. */
function wordLength(id: string): number {
  let end = id.length;
  while (end > 0 && isDigit(id.charCodeAt(end - 1))) end--;
  return end;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** What may stand as an id: a letter, then letters, digits, `_` or `-`; nothing that every object has, such as `constructor`. */
export function isId(text: string): boolean {
  if (text.length === 0 || text.length > MAX_LETTERS || !isLetter(text.charCodeAt(0))) return false;
  for (let i = 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (!isLetter(code) && !isDigit(code) && code !== UNDERSCORE && code !== HYPHEN) return false;
  }
  return !OF_EVERY_OBJECT.has(text);
}

const MAX_LETTERS = 64;
const [UNDERSCORE, HYPHEN] = [95, 45];
const OF_EVERY_OBJECT: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
