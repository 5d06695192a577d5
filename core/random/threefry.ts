/** @file The Threefry-2x32 block function with 20 rounds (Salmon et al. 2011), as JAX uses it. */

/** What the third word of the key schedule is mixed with. */
export const PARITY = 0x1bd11bda;

const EVEN = [13, 15, 26, 6] as const;
const ODD = [17, 29, 16, 24] as const;

/** By how many bits the four rounds of a group, of five, rotate. */
export function rotationsOf(group: number): readonly number[] {
  return group % 2 === 0 ? EVEN : ODD;
}

/** One block: the two words that `(x0, x1)` becomes under the key `(k0, k1)`, all of them of 32 bits. */
export function threefry2x32(k0: number, k1: number, x0: number, x1: number): [number, number] {
  const schedule = [k0 | 0, k1 | 0, k0 ^ k1 ^ PARITY] as const;
  let x = (x0 + schedule[0]) | 0;
  let y = (x1 + schedule[1]) | 0;
  for (let group = 0; group < 5; group++) {
    for (const rotation of rotationsOf(group)) {
      x = (x + y) | 0;
      y = ((y << rotation) | (y >>> (32 - rotation))) ^ x;
    }
    x = (x + schedule[(group + 1) % 3]!) | 0;
    y = (y + schedule[(group + 2) % 3]! + group + 1) | 0;
  }
  return [x >>> 0, y >>> 0];
}
