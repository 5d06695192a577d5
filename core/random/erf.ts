/** @file The error function and its inverse, in float32 as XLA computes them on a CPU: fused multiply-adds, each rounded once. */

const { abs, fround, sqrt } = Math;

/** Coefficients of `erfInv(x) / x`, highest power first: of w - 2.5 where w = -log(1 - x²) is below 5 … */
export const CENTRAL = Float32Array.of(
  2.81022636e-8,
  3.43273939e-7,
  -3.5233877e-6,
  -4.39150654e-6,
  0.00021858087,
  -0.00125372503,
  -0.00417768164,
  0.246640727,
  1.50140941,
);
/** … and of √w - 3 above. */
export const TAIL = Float32Array.of(
  -0.000200214257,
  0.000100950558,
  0.00134934322,
  -0.00367342844,
  0.00573950773,
  -0.0076224613,
  0.00943887047,
  1.00167406,
  2.83297682,
);

/**
 * The inverse of the error function for a float32 `x` in [-1, 1], ±Infinity at ±1: the single-precision polynomial of Giles,
 * "Approximating the erfinv function" (2010). Equal to XLA's bit for bit in 99 of 100 values, and within 3 units in the last
 * place in the others.
 */
export function erfInv(x: number): number {
  const y = 1 - fround(x * x);
  if (y === 0) return x * Infinity;
  const w = fround(-Math.log(y));
  return fround(x * (w < 5 ? horner(CENTRAL, fround(w - 2.5)) : horner(TAIL, fround(fround(sqrt(w)) - 3))));
}

// XLA's rational approximation, exact to float32 up to where the result rounds to ±1.
const ERF_ABOVE = Float32Array.of(2.2905065e-4, 3.408291e-3, 5.0955694e-2, 1.8520832e-1, 1.1283791);
const ERF_BELOW = Float32Array.of(-1.1791603e-7, 2.3547966e-5, 1.0179626e-3, 1.407047e-2, 1.1098505e-1, 4.9746925e-1, 1);
const ERF_ONE = fround(3.832507);

/** The error function of a float32 `x`, equal to XLA's bit for bit. */
export function erf(x: number): number {
  if (abs(x) >= ERF_ONE) return Math.sign(x);
  const square = fround(x * x);
  return fround(fround(x * horner(ERF_ABOVE, square)) / horner(ERF_BELOW, square));
}

function horner(coefficients: Float32Array, x: number): number {
  let p = coefficients[0]!;
  // A product of two float32 is exact in float64, so this rounds once, as a fused multiply-add does.
  for (let i = 1; i < coefficients.length; i++) p = fround(p * x + coefficients[i]!);
  return p;
}
