/** @file UTF-8, written out: core is compiled without the types of browsers and of Node, where encoders live. */

export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return Uint8Array.from(bytes);
}

/** The smallest character that is written in so many bytes: a longer way to write it is refused, as it would hide what is meant. */
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];
const CHUNK = 4096;

/** @throws RangeError on bytes that are no UTF-8: stray ones, characters written too long, surrogates, what is beyond Unicode. */
export function decodeUtf8(bytes: Uint8Array): string {
  const parts: string[] = [];
  const codes: number[] = [];
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i]!;
    const length = first < 0x80 ? 1 : first >> 5 === 6 ? 2 : first >> 4 === 14 ? 3 : first >> 3 === 30 ? 4 : 0;
    if (length === 0) throw new RangeError(`Expected UTF-8, got the byte ${first} at ${i}.`);
    let code = length === 1 ? first : first & (0x7f >> length);
    for (let k = 1; k < length; k++) {
      const next = bytes[i + k];
      if (next === undefined || next >> 6 !== 2) throw new RangeError(`Expected UTF-8, got the byte ${String(next)} at ${i + k}.`);
      code = (code << 6) | (next & 63);
    }
    if (code < SMALLEST[length]! || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
      throw new RangeError(`Expected UTF-8, got ${code.toString(16)} in ${length} bytes at ${i}.`);
    codes.push(code);
    i += length;
    if (codes.length === CHUNK) parts.push(String.fromCodePoint(...codes.splice(0)));
  }
  return parts.join('') + String.fromCodePoint(...codes);
}
