/** @file Names that a JSON text gives twice: the parser keeps the last of them without a word. */

/** The first name that one object of this JSON, which must be valid, has twice; null if there is none. */
export function doubledName(json: string): string | null {
  const open: Set<string>[] = [];
  for (let i = 0; i < json.length; i++) {
    if (json[i] === '{') open.push(new Set());
    else if (json[i] === '}') open.pop();
    else if (json[i] === '"') {
      const end = endOfText(json, i);
      let next = end;
      while (/\s/.test(json.charAt(next))) next++;
      if (json[next] === ':') {
        const name = JSON.parse(json.slice(i, end)) as string;
        const names = open.at(-1)!;
        if (names.has(name)) return name;
        names.add(name);
      }
      i = next - 1;
    }
  }
  return null;
}

/** Where the text that starts at a quote ends: behind its last quote. */
function endOfText(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}
