/**
 * @file Random words to normal numbers in bulk, in WebAssembly: √2·erfInv(u) with the same polynomials as in JavaScript, and the
 * logarithm as one more. Four vectors of four lanes side by side hide the latency of their long chains of products and sums.
 */
import { CENTRAL, TAIL } from './erf.ts';
import { type Code, floats, get, i32, repeatWhile, set, type WasmFunction, words } from './web-assembly.ts';

/** -log(1 + z) / z for 1 + z in [√½, √2], by its Chebyshev series, highest power first: within 3e-7. */
const MINUS_LOG = [0.10134057, -0.1623419, 0.17247014, -0.19898565, 0.24970071, -0.33335114, 0.50000364, -0.99999994];

const SQRT_HALF_BITS = 0x3f3504f3;
const VECTORS = 4;

/** The function `fillNormals(bytes)`: makes the words at the address `from` into normal numbers at `to`, in steps of 64 bytes. */
export function fillNormals(from: number, to: number): WasmFunction {
  const [bytes, at] = [0, 1] as const;
  const vectors = Array.from({ length: VECTORS }, (_, i) => {
    const [u, w, x, central, tail] = [2, 3, 4, 5, 6].map((local) => local + 5 * i) as [number, number, number, number, number];
    return { u, w, x, central, tail, offset: 16 * i };
  });
  const each = (statement: (vector: (typeof vectors)[number]) => Code) => vectors.map(statement);
  /** Horner's rule for the polynomial of x, one power after the other for all vectors. */
  const polynomial = (result: 'central' | 'tail', [first, ...rest]: Iterable<number>) => [
    ...each((vector) => set(vector[result], floats.const(first!))),
    ...rest.flatMap((coefficient) =>
      each((vector) => set(vector[result], floats.add(floats.mul(get(vector[result]), get(vector.x)), floats.const(coefficient)))),
    ),
  ];

  const statements = [
    // u in (-1, 1): of 23 bits n of a word, (4n + 1 - 2^24) · 2^-24, which float32 holds exactly.
    ...each(({ u, offset }) => {
      const n4 = words.shiftLeft(words.shiftRightUnsigned(words.load(get(at), from + offset), 9), 2);
      return set(u, floats.mul(floats.fromWords(words.add(n4, words.const(1 - 2 ** 24))), floats.const(2 ** -24)));
    }),
    // y = 1 - u² = 2^e · (1 + x), with 1 + x in [√½, √2).
    ...each(({ u, tail: y }) => set(y, floats.sub(floats.const(1), floats.mul(get(u), get(u))))),
    ...each(({ tail: y, w: e }) => set(e, words.shiftRight(words.sub(get(y), words.const(SQRT_HALF_BITS)), 23))),
    ...each(({ tail: y, w: e, x }) => set(x, floats.sub(words.sub(get(y), words.shiftLeft(get(e), 23)), floats.const(1)))),
    // w = -log y = -e·log 2 - log(1 + x)
    ...polynomial('central', MINUS_LOG),
    ...each(({ w: e, x, central }) =>
      set(e, floats.add(floats.mul(floats.fromWords(get(e)), floats.const(-Math.LN2)), floats.mul(get(central), get(x)))),
    ),
    ...each(({ w, x }) => set(x, floats.sub(get(w), floats.const(2.5)))),
    ...polynomial('central', CENTRAL),
    ...each(({ w, x }) => set(x, floats.sub(floats.sqrt(get(w)), floats.const(3)))),
    ...polynomial('tail', TAIL),
    ...each(({ u, w, central, tail, offset }) => {
      const ratio = words.select(get(central), get(tail), floats.lessThan(get(w), floats.const(5)));
      return words.store(get(at), to + offset, floats.mul(floats.mul(ratio, get(u)), floats.const(Math.SQRT2)));
    }),
    set(at, i32.add(get(at), i32.const(16 * VECTORS))),
  ];
  const body = [repeatWhile(i32.lessThanUnsigned(get(at), get(bytes)), statements)];
  return { name: 'fillNormals', parameters: 1, locals: { i32: 1, v128: 5 * VECTORS }, body };
}
