/**
 * @file Unpacking of deflated data (RFC 1951), all at once: sources are opened without waiting, which the platform's own DecompressionStream
 * cannot do.
 */

export class DamagedData extends Error {
  override readonly name = 'DamagedData';
}

/** Of codes by length: how many there are, and what they stand for, in order. */
interface Codes {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

const LONGEST = 15;
const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385,
  24577,
];
const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function codesOf(lengths: ArrayLike<number>): Codes {
  const counts = new Uint16Array(LONGEST + 1);
  for (let i = 0; i < lengths.length; i++) counts[lengths[i]!]!++;
  counts[0] = 0;
  const offsets = new Uint16Array(LONGEST + 2);
  for (let length = 1; length <= LONGEST; length++) offsets[length + 1] = offsets[length]! + counts[length]!;
  const symbols = new Uint16Array(lengths.length);
  for (let i = 0; i < lengths.length; i++) if (lengths[i]! > 0) symbols[offsets[lengths[i]!]!++] = i;
  return { counts, symbols };
}

const FIXED = {
  letters: codesOf(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
  distances: codesOf(Array.from({ length: 30 }, () => 5)),
};

/** `size`: of what comes out, as the archive says it; more is not written. @throws DamagedData */
export function inflate(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let [at, bit, held, written] = [0, 0, 0, 0];

  const bits = (count: number): number => {
    while (bit < count) {
      if (at >= packed.length) throw new DamagedData('The packed data end too early.');
      held |= packed[at++]! << bit;
      bit += 8;
    }
    const value = held & ((1 << count) - 1);
    held >>>= count;
    bit -= count;
    return value;
  };
  const symbol = ({ counts, symbols }: Codes): number => {
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length <= LONGEST; length++) {
      code |= bits(1);
      const count = counts[length]!;
      if (code - first < count) return symbols[index + code - first]!;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new DamagedData('The packed data hold a code that stands for nothing.');
  };
  const put = (byte: number): void => {
    if (written >= size) throw new DamagedData('The packed data hold more than the archive says.');
    out[written++] = byte;
  };
  const block = (letters: Codes, distances: Codes): void => {
    for (;;) {
      const letter = symbol(letters);
      if (letter < 256) {
        put(letter);
        continue;
      }
      if (letter === 256) return;
      if (letter > 285) throw new DamagedData('The packed data hold a length that there is not.');
      const length = LENGTHS[letter - 257]! + bits(LENGTH_BITS[letter - 257]!);
      const code = symbol(distances);
      if (code > 29) throw new DamagedData('The packed data hold a distance that there is not.');
      const distance = DISTANCES[code]! + bits(DISTANCE_BITS[code]!);
      if (distance > written) throw new DamagedData('The packed data point before their beginning.');
      for (let i = 0; i < length; i++) put(out[written - distance]!);
    }
  };
  const stored = (): void => {
    [held, bit] = [0, 0];
    const length = packed[at]! | (packed[at + 1]! << 8);
    at += 4;
    if (!(at + length <= packed.length) || written + length > size) throw new DamagedData('The packed data end too early.');
    out.set(packed.subarray(at, at + length), written);
    at += length;
    written += length;
  };
  const described = (): void => {
    const [letters, distances, codes] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
    const short = new Uint8Array(19);
    for (let i = 0; i < codes; i++) short[CODE_ORDER[i]!] = bits(3);
    const shortCodes = codesOf(short);
    const lengths = new Uint8Array(letters + distances);
    for (let i = 0; i < lengths.length;) {
      const code = symbol(shortCodes);
      if (code < 16) {
        lengths[i++] = code;
        continue;
      }
      if (code === 16 && i === 0) throw new DamagedData('The packed data repeat what there is not.');
      const [value, count] = code === 16 ? [lengths[i - 1]!, 3 + bits(2)] : [0, code === 17 ? 3 + bits(3) : 11 + bits(7)];
      if (i + count > lengths.length) throw new DamagedData('The packed data repeat too much.');
      lengths.fill(value, i, i + count);
      i += count;
    }
    block(codesOf(lengths.subarray(0, letters)), codesOf(lengths.subarray(letters)));
  };

  for (let isLast = false; !isLast;) {
    isLast = bits(1) === 1;
    const kind = bits(2);
    if (kind === 0) stored();
    else if (kind === 1) block(FIXED.letters, FIXED.distances);
    else if (kind === 2) described();
    else throw new DamagedData('The packed data are of a kind that there is not.');
  }
  if (written !== size) throw new DamagedData(`The archive says ${size} bytes, its data hold ${written}.`);
  return out;
}
