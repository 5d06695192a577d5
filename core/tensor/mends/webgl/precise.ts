/**
 * @file exp, log and their like in GLSL, to one or two units in the last place on any GPU: the ones that are built in may be hardware
 * approximations, and near 1 NVIDIA's `log` has half of its digits. What is used instead are additions, products and bits of floats:
 * the argument is reduced exactly, then come the polynomials of Cephes (expf, logf), as in XLA. Numbers below 1.2e-38 count as 0, and so
 * do results.
 */

/** Any of these may be folded at compile time where it is written as a quotient, so it is written in bits. */
export const INF = 'uintBitsToFloat(0x7f800000u)';
export const QUIET_NAN = 'uintBitsToFloat(0x7fc00000u)';

// ln 2 in two parts: the first has few bits, so that whole multiples of it are exact.
const LN2_HIGH = '0.693359375';
const LN2_LOW = '-2.12194440e-4';

/** v = n ln 2 + r with |r| < 0.35, and exp(r) - 1. */
const EXPM1_REDUCED = `
  float n = floor(v * 1.44269504 + 0.5);
  float r = (v - n * ${LN2_HIGH}) - n * (${LN2_LOW});
  float q = ((((1.9875691500e-4 * r + 1.3981999507e-3) * r + 8.3334519073e-3) * r + 4.1665795894e-2) * r + 1.6666665459e-1) * r + 5.0000001201e-1;
  q = q * r * r + r;`;

const POWER_OF_2 = `
float powerOf2(float n) { return intBitsToFloat((int(n) + 127) << 23); }`;

/** 2^128 is no float, so the scale comes in two halves. */
const EXP = `
float preciseExp(float v) {
  if (isnan(v)) return v;
  if (v > 88.72284) return ${INF};
  if (v < -87.33654) return 0.0;
  ${EXPM1_REDUCED}
  float half_n = floor(n * 0.5);
  return (q + 1.0) * powerOf2(half_n) * powerOf2(n - half_n);
}`;

const EXPM1 = `
float preciseExpm1(float v) {
  if (isnan(v)) return v;
  if (v < -17.4) return -1.0;
  if (v > 44.0) return preciseExp(v);
  ${EXPM1_REDUCED}
  if (n == 0.0) return q;
  float scale = powerOf2(n);
  return scale * q + (scale - 1.0);
}`;

/** log(2^e (1 + m)) for 1 + m between √½ and √2. */
const LOG_REDUCED = `
float logReduced(float m, float e) {
  float z = m * m;
  float y = 7.0376836292e-2;
  y = y * m - 1.1514610310e-1;
  y = y * m + 1.1676998740e-1;
  y = y * m - 1.2420140846e-1;
  y = y * m + 1.4249322787e-1;
  y = y * m - 1.6668057665e-1;
  y = y * m + 2.0000714765e-1;
  y = y * m - 2.4999993993e-1;
  y = y * m + 3.3333331174e-1;
  y = y * m * z + e * (${LN2_LOW}) - 0.5 * z;
  return (m + y) + e * ${LN2_HIGH};
}`;

const LOG = `
float preciseLog(float v) {
  if (isnan(v) || v < 0.0) return ${QUIET_NAN};
  if (v < 1.17549435e-38) return -${INF};
  if (v == ${INF}) return v;
  int bits = floatBitsToInt(v);
  float e = float((bits >> 23) - 126);
  float m = intBitsToFloat((bits & 0x007fffff) | 0x3f000000);
  if (m < 0.70710678) { m += m; e -= 1.0; }
  return logReduced(m - 1.0, e);
}`;

/** 1 + v rounds digits of v away, so near 0 the polynomial takes v itself. */
const LOG1P = `
float preciseLog1p(float v) {
  return v > -0.29 && v < 0.41 ? logReduced(v, 0.0) : preciseLog(1.0 + v);
}`;

const POWERS = POWER_OF_2 + EXP;
const LOGARITHMS = LOG_REDUCED + LOG;

/** GLSL functions of one number, each with all that it calls. */
export const PRECISE = {
  /** `preciseExp` */
  exp: POWERS,
  /** `preciseExpm1` and `preciseExp` */
  expm1: POWERS + EXPM1,
  /** `preciseLog` */
  log: LOGARITHMS,
  /** `preciseLog1p` and `preciseLog` */
  log1p: LOGARITHMS + LOG1P,
} as const;
