/** @file What is typed in the quick-add field, cut into words. Brackets, quotes and operators keep a word together. */

const OPENING = '([{';
const CLOSING = ')]}';

/** Cuts at white space outside brackets and quotes. */
export function wordsOf(text: string): readonly string[] {
  return cutAt(text, (letter) => /\s/.test(letter));
}

/** Cuts a line of several additions, `Linear 64 > relu`. */
export function partsOf(line: string): readonly string[] {
  return cutAt(line, (letter) => letter === '>' || letter === '→').map((part) => part.trim());
}

function cutAt(text: string, isCut: (letter: string) => boolean): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let part = '';
  for (const letter of text) {
    if (quote === '' && depth === 0 && isCut(letter)) {
      parts.push(part);
      part = '';
      continue;
    }
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (OPENING.includes(letter)) depth++;
    else if (CLOSING.includes(letter)) depth = Math.max(0, depth - 1);
    part += letter;
  }
  return [...parts, part].filter((each) => each.trim() !== '');
}
