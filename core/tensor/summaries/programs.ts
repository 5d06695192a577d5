/**
 * @file Shaders that look at every number of a tensor where it lies: extremes, moments, histogram and first numbers. Each fragment reads a
 * chunk of texels and gives four numbers; what the fragments give is put together on the CPU, in float64.
 */
import { INF } from '../mends/webgl/precise.ts';

/** How the library lays numbers out: one per texel, row by row; or blocks of 2 by 2 of the last two axes. */
export type Layout = 'unpacked' | 'packed';

/** At most so many numbers in a chunk: two counts of them fit into the 24 bits of a float. */
export const CHUNK = 4092;
export const BASE = 4096;
export const BINS = 64;
export const HEAD = 64;

/** `valuesAt` and `existAt` of four neighbours, `at` of one number by its place in the row-major order. */
const READ: Readonly<Record<Layout, string>> = {
  unpacked: `
    float at(int i) { int w = textureSize(x, 0).x; int j = i + start; return texelFetch(x, ivec2(j % w, j / w), 0).r; }
    vec4 valuesAt(int t) { int i = 4 * t; return vec4(at(i), at(i + 1), at(i + 2), at(i + 3)); }
    bvec4 existAt(int t) { return lessThan(ivec4(4 * t) + ivec4(0, 1, 2, 3), ivec4(columns)); }`,
  // A block at an odd end holds numbers that do not exist.
  packed: `
    vec4 valuesAt(int t) { int w = textureSize(x, 0).x; return texelFetch(x, ivec2(t % w, t / w), 0); }
    bvec4 existAt(int t) {
      int perRow = (columns + 1) / 2;
      int c = 2 * (t % perRow) + 1;
      int r = 2 * (t / perRow % ((rows + 1) / 2)) + 1;
      return bvec4(true, c < columns, r < rows, c < columns && r < rows);
    }
    float at(int i) {
      int c = i % columns; int r = i / columns % rows; int b = i / columns / rows;
      vec4 block = valuesAt((b * ((rows + 1) / 2) + r / 2) * ((columns + 1) / 2) + c / 2);
      return block[(r % 2) * 2 + c % 2];
    }`,
};

/** The four numbers that `extremes` gave for a chunk. They come in the same layout as x. */
const KNOWN: Readonly<Record<Layout, string>> = {
  unpacked: `
    float single(int i) { int w = textureSize(extremes, 0).x; return texelFetch(extremes, ivec2(i % w, i / w), 0).r; }
    vec4 known(int p) { return vec4(single(4 * p), single(4 * p + 1), single(4 * p + 2), single(4 * p + 3)); }`,
  packed: `
    vec4 known(int p) { int w = textureSize(extremes, 0).x; return texelFetch(extremes, ivec2(p % w, p / w), 0); }`,
};

const FINITE = `
  bool isFinite(float v) { return (floatBitsToUint(v) & 0x7f800000u) != 0x7f800000u; }
  int fragment() { return getOutputCoords().x / 2; }`;

/** The largest power of 2 up to the largest number of a chunk, upside down: by the same bits on both sides. */
const UNIT = `
  float unitOf(float low, float high) {
    int exponent = (floatBitsToInt(max(abs(low), abs(high))) >> 23) & 255;
    return intBitsToFloat(clamp(254 - exponent, 1, 254) << 23);
  }`;

const eachNumber = (body: string): string => `
  for (int t = first; t < last; t++) {
    vec4 four = valuesAt(t);
    bvec4 exist = existAt(t);
    ${['r', 'g', 'b', 'a'].map((lane) => `if (exist.${lane}) { float v = four.${lane}; ${body} }`).join('\n')}
  }`;

const MAINS = {
  /** Smallest, largest and about the mean of the finite numbers; NaNs + BASE · infinities. */
  extremes: `
    void main() {
      int first = fragment() * chunk; int last = min(first + chunk, texels);
      float low = ${INF}; float high = -${INF}; float sum = 0.0; float finite = 0.0; float nans = 0.0; float infinities = 0.0;
      ${eachNumber(`
        if (isFinite(v)) { low = min(low, v); high = max(high, v); sum += v; finite += 1.0; }
        else if (isnan(v)) nans += 1.0; else infinities += 1.0;`)}
      setOutput(vec4(low, high, finite > 0.0 ? sum / finite : 0.0, nans + ${BASE}.0 * infinities));
    }`,
  /** A number c near the mean; Σ u and Σ u², where u = (v - c) · unit; zeros + BASE · finite numbers. */
  moments: `
    void main() {
      int p = fragment(); int first = p * chunk; int last = min(first + chunk, texels);
      vec4 k = known(p);
      float center = isFinite(k.z) ? clamp(k.z, k.x, k.y) : 0.5 * k.x + 0.5 * k.y;
      float unit = unitOf(k.x, k.y);
      float shift = center * unit; float sum = 0.0; float squares = 0.0; float zeros = 0.0; float finite = 0.0;
      ${eachNumber(`
        if (isFinite(v)) { float u = v * unit - shift; sum += u; squares += u * u; finite += 1.0; if (v == 0.0) zeros += 1.0; }`)}
      setOutput(vec4(center, sum, squares, zeros + ${BASE}.0 * finite));
    }`,
  /** Four bins of a chunk: ${BINS / 4} fragments look at each. */
  histogram: `
    void main() {
      int q = fragment(); int first = q / ${BINS / 4} * chunk; int last = min(first + chunk, texels);
      vec4 bins = float(q % ${BINS / 4} * 4) + vec4(0.0, 1.0, 2.0, 3.0);
      vec4 counts = vec4(0.0);
      ${eachNumber(`
        if (isFinite(v)) counts += vec4(equal(vec4(clamp(floor((v * unit - low) * scale), 0.0, ${BINS - 1}.0)), bins));`)}
      setOutput(counts);
    }`,
  /** Numbers 0 to 63 of the row-major order. */
  head: `
    void main() { int i = 4 * fragment(); setOutput(vec4(at(i), at(i + 1), at(i + 2), at(i + 3))); }`,
};

export type Look = keyof typeof MAINS;

const INTEGERS = ['texels', 'chunk', 'rows', 'columns', 'start'] as const;
const FLOATS = ['unit', 'low', 'scale'] as const;

/** One program for all sizes: those are uniforms. It gives `fragments` times four numbers, in this order. */
export function programOf(look: Look, layout: Layout, fragments: number): object {
  return {
    variableNames: look === 'moments' ? ['x', 'extremes'] : ['x'],
    packedInputs: layout === 'packed',
    packedOutput: true,
    outputShape: [2 * fragments, 2],
    enableShapeUniforms: true,
    customUniforms: [
      ...INTEGERS.map((name) => ({ name, type: 'int' })),
      ...(look === 'histogram' ? FLOATS.map((name) => ({ name, type: 'float' })) : []),
    ],
    userCode: `${FINITE}${look === 'moments' ? UNIT + KNOWN[layout] : ''}${READ[layout]}${MAINS[look]}`,
  };
}
