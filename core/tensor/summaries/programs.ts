/**
 * @file Shaders that look at every number of a tensor where it lies: statistics, histogram and first numbers. Each fragment reads a
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

/** `at` of one number by its place in the row-major order; and where the walk over a chunk begins, is, and goes on: without a division per step. */
const READ: Readonly<Record<Layout, string>> = {
  unpacked: `
    float at(int i) { int w = textureSize(x, 0).x; int j = i + start; return texelFetch(x, ivec2(j % w, j / w), 0).r; }
    struct Walk { int column; int row; int width; int left; };
    Walk walkFrom(int t) {
      int w = textureSize(x, 0).x;
      int j = 4 * t + start;
      return Walk(j % w, j / w, w, columns - 4 * t);
    }
    float one(inout Walk walk) {
      if (walk.left <= 0) return 0.0;
      float v = texelFetch(x, ivec2(walk.column, walk.row), 0).r;
      walk.left--;
      if (++walk.column == walk.width) { walk.column = 0; walk.row++; }
      return v;
    }
    vec4 next(inout Walk walk, out bvec4 exist) {
      exist = greaterThan(ivec4(walk.left), ivec4(0, 1, 2, 3));
      float a = one(walk); float b = one(walk); float c = one(walk); float d = one(walk);
      return vec4(a, b, c, d);
    }`,
  // A block at an odd end holds numbers that do not exist.
  packed: `
    vec4 texel(int t) { int w = textureSize(x, 0).x; return texelFetch(x, ivec2(t % w, t / w), 0); }
    float at(int i) {
      int c = i % columns; int r = i / columns % rows; int b = i / columns / rows;
      vec4 block = texel((b * ((rows + 1) / 2) + r / 2) * ((columns + 1) / 2) + c / 2);
      return block[(r % 2) * 2 + c % 2];
    }
    struct Walk { int column; int row; int width; int c; int r; };
    Walk walkFrom(int t) {
      int w = textureSize(x, 0).x;
      int perRow = (columns + 1) / 2;
      return Walk(t % w, t / w, w, 2 * (t % perRow) + 1, 2 * (t / perRow % ((rows + 1) / 2)) + 1);
    }
    vec4 next(inout Walk walk, out bvec4 exist) {
      vec4 four = texelFetch(x, ivec2(walk.column, walk.row), 0);
      exist = bvec4(true, walk.c < columns, walk.r < rows, walk.c < columns && walk.r < rows);
      if (++walk.column == walk.width) { walk.column = 0; walk.row++; }
      walk.c += 2;
      if (walk.c > columns) { walk.c = 1; walk.r += 2; if (walk.r > rows) walk.r = 1; }
      return four;
    }`,
};

const COMMON = `
  bvec4 areFinite(vec4 v) { return notEqual(floatBitsToUint(v) & uvec4(0x7f800000u), uvec4(0x7f800000u)); }
  bvec4 areNan(vec4 v) { return greaterThan(floatBitsToUint(v) & uvec4(0x7fffffffu), uvec4(0x7f800000u)); }
  bvec4 both(bvec4 a, bvec4 b) { return bvec4(ivec4(a) * ivec4(b)); }
  float sumOf(vec4 v) { return v.x + v.y + v.z + v.w; }
  int fragment() { return getOutputCoords().x / 2; }`;

/** The largest power of 2 up to the largest number of a chunk, upside down: by the same bits on both sides. */
const UNIT = `
  float unitOf(float low, float high) {
    int exponent = (floatBitsToInt(max(abs(low), abs(high))) >> 23) & 255;
    return intBitsToFloat(clamp(254 - exponent, 1, 254) << 23);
  }`;

/** Four numbers at a time, as `four`; `seen` are those that exist and are finite. */
const eachFour = (body: string): string => `
  {
    Walk walk = walkFrom(first);
    for (int t = first; t < last; t++) {
      bvec4 exist;
      vec4 four = next(walk, exist);
      bvec4 seen = both(exist, areFinite(four));
      ${body}
    }
  }`;

const MAINS = {
  /**
   * Of each chunk two texels, the second ones behind all first ones. Smallest and largest of the finite numbers, NaNs + BASE · infinities, zeros +
   * BASE · finite numbers; then a number c near the mean, Σ u and Σ u², where u = (v - c) · unit.
   */
  statistics: `
    void main() {
      int f = fragment();
      int p = f < chunks ? f : f - chunks;
      int first = p * chunk; int last = min(first + chunk, texels);
      vec4 lows = vec4(${INF}); vec4 highs = vec4(-${INF}); vec4 sums = vec4(0.0); vec4 finites = vec4(0.0);
      vec4 nans = vec4(0.0); vec4 others = vec4(0.0); vec4 zeros = vec4(0.0);
      ${eachFour(`
        lows = mix(lows, min(lows, four), seen);
        highs = mix(highs, max(highs, four), seen);
        sums += mix(vec4(0.0), four, seen);
        finites += vec4(seen);
        zeros += vec4(both(seen, equal(four, vec4(0.0))));
        nans += vec4(both(exist, areNan(four)));
        others += vec4(exist);`)}
      float low = min(min(lows.x, lows.y), min(lows.z, lows.w));
      float high = max(max(highs.x, highs.y), max(highs.z, highs.w));
      float finite = sumOf(finites);
      if (f < chunks) {
        float nan = sumOf(nans);
        setOutput(vec4(low, high, nan + ${BASE}.0 * (sumOf(others) - finite - nan), sumOf(zeros) + ${BASE}.0 * finite));
        return;
      }
      float mean = finite > 0.0 ? sumOf(sums) / finite : 0.0;
      float center = all(areFinite(vec4(mean))) ? clamp(mean, low, high) : 0.5 * low + 0.5 * high;
      float unit = unitOf(low, high);
      float shift = center * unit;
      sums = vec4(0.0); vec4 squares = vec4(0.0);
      ${eachFour(`
        vec4 u = mix(vec4(0.0), four * unit - shift, seen);
        sums += u; squares += u * u;`)}
      setOutput(vec4(center, sumOf(sums), sumOf(squares), 0.0));
    }`,
  /** Four bins of a chunk: ${BINS / 4} fragments look at each. */
  histogram: `
    void main() {
      int q = fragment(); int first = q / ${BINS / 4} * chunk; int last = min(first + chunk, texels);
      vec4 bins = float(q % ${BINS / 4} * 4) + vec4(0.0, 1.0, 2.0, 3.0);
      vec4 counts = vec4(0.0);
      ${eachFour(`
        vec4 bin = mix(vec4(-1.0), clamp(floor((four * unit - low) * scale), 0.0, ${BINS - 1}.0), seen);
        counts += vec4(equal(vec4(bin.x), bins)) + vec4(equal(vec4(bin.y), bins))
          + vec4(equal(vec4(bin.z), bins)) + vec4(equal(vec4(bin.w), bins));`)}
      setOutput(counts);
    }`,
  /** Numbers 0 to 63 of the row-major order. */
  head: `
    void main() { int i = 4 * fragment(); setOutput(vec4(at(i), at(i + 1), at(i + 2), at(i + 3))); }`,
};

export type Look = keyof typeof MAINS;

const INTEGERS = ['texels', 'chunk', 'chunks', 'rows', 'columns', 'start'] as const;
const FLOATS = ['unit', 'low', 'scale'] as const;

/** One program for all sizes: those are uniforms. It gives `fragments` times four numbers, in this order. */
export function programOf(look: Look, layout: Layout, fragments: number): object {
  return {
    variableNames: ['x'],
    packedInputs: layout === 'packed',
    packedOutput: true,
    outputShape: [2 * fragments, 2],
    enableShapeUniforms: true,
    customUniforms: [
      ...INTEGERS.map((name) => ({ name, type: 'int' })),
      ...(look === 'histogram' ? FLOATS.map((name) => ({ name, type: 'float' })) : []),
    ],
    userCode: `${COMMON}${look === 'statistics' ? UNIT : ''}${READ[layout]}${MAINS[look]}`,
  };
}
