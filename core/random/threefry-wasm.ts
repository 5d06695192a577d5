/**
 * @file Threefry-2x32 in bulk, in WebAssembly: sixteen blocks at a time, in four vectors of four lanes that do not depend on each
 * other, so that a processor computes them at once. Three times as fast as the rounds written out in JavaScript.
 */
import { PARITY, rotationsOf } from './threefry.ts';
import { type Code, get, i32, repeatWhile, set, type WasmFunction, words } from './web-assembly.ts';

const VECTORS = 4;

/**
 * The function `fillWords(k0, k1, high, low, bytes)`: writes random words at the address `to`, at least so many bytes, in steps of 64.
 * Word i is the xor of the two words that the block with the counter (high, low + i) becomes under the key (k0, k1).
 */
export function fillWords(to: number): WasmFunction {
  const [k0, k1, high, low, bytes, at] = [0, 1, 2, 3, 4, 5] as const;
  const [firstKey, first, counters, firstX] = [6, 9, 10, 11] as const;
  const key = (i: number) => get(firstKey + (i % 3));
  const each = (statements: (x: number, y: number, i: number) => Code) =>
    Array.from({ length: VECTORS }, (_, i) => statements(firstX + i, firstX + VECTORS + i, i));

  const setUp = [
    set(firstKey, words.splat(get(k0))),
    set(firstKey + 1, words.splat(get(k1))),
    set(firstKey + 2, words.splat(i32.xor(i32.xor(get(k0), get(k1)), i32.const(PARITY)))),
    set(first, words.add(words.splat(get(high)), key(0))),
    set(counters, words.add(words.add(words.splat(get(low)), words.const(0, 1, 2, 3)), key(1))),
  ];
  const blocks = [...each((x) => set(x, get(first))), ...each((_, y, i) => set(y, words.add(get(counters), words.const(4 * i))))];
  for (let group = 0; group < 5; group++) {
    for (const rotation of rotationsOf(group)) {
      blocks.push(...each((x, y) => set(x, words.add(get(x), get(y)))));
      blocks.push(...each((x, y) => set(y, words.xor(rotateLeft(get(y), rotation), get(x)))));
    }
    blocks.push(...each((x) => set(x, words.add(get(x), key(group + 1)))));
    blocks.push(...each((_, y) => set(y, words.add(words.add(get(y), key(group + 2)), words.const(group + 1)))));
  }
  blocks.push(
    ...each((x, y, i) => words.store(get(at), to + 16 * i, words.xor(get(x), get(y)))),
    set(counters, words.add(get(counters), words.const(4 * VECTORS))),
    set(at, i32.add(get(at), i32.const(16 * VECTORS))),
  );
  const body = [...setUp, repeatWhile(i32.lessThanUnsigned(get(at), get(bytes)), blocks)];
  return { name: 'fillWords', parameters: 5, locals: { i32: 1, v128: 5 + 2 * VECTORS }, body };
}

function rotateLeft(lanes: Code, bits: number): Code {
  if (bits % 8 !== 0) return words.or(words.shiftLeft(lanes, bits), words.shiftRightUnsigned(lanes, 32 - bits));
  // By whole bytes it is one instruction: byte b of a lane is what was bits / 8 bytes below.
  const indices = Array.from({ length: 16 }, (_, b) => (b & ~3) + ((b + 4 - bits / 8) & 3));
  return words.shuffle(lanes, indices);
}
