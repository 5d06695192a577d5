/** @file Runs the shaders of `programs.ts` on one large tensor, and puts together what they give. */
import { tf } from '../tf.ts';
import { BASE, BINS, CHUNK, HEAD, type Layout, type Look, programOf } from './programs.ts';

interface WebglBackend {
  readonly texData: {
    get(id: object): { readonly texture: object | null; readonly isPacked?: boolean; readonly slice?: { readonly flatOffset: number } };
  };
  runWebGLProgram(program: object, inputs: tf.TensorInfo[], dtype: 'float32', numbers: number[][]): tf.TensorInfo;
}

/** Of the finite numbers; the extremes are infinite where there is none. */
export interface Statistics {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Σ (x - mean)² */
  readonly spread: number;
  readonly finite: number;
  readonly zeros: number;
  readonly nans: number;
  readonly infinities: number;
}

/** Where a tensor lies, and how it is cut into chunks. */
interface Place {
  readonly input: tf.TensorInfo;
  readonly layout: Layout;
  readonly texels: number;
  readonly rows: number;
  readonly columns: number;
  readonly start: number;
}

/** Whether its numbers lie on the card, so that a shader can look at them. */
export function isOnCard({ dataId }: tf.Tensor): boolean {
  return tf.getBackend() === 'webgl' && backendOf().texData.get(dataId).texture !== null;
}

function backendOf(): WebglBackend {
  return tf.backend() as unknown as WebglBackend;
}

function placeOf({ dataId, shape, size, dtype }: tf.Tensor): Place {
  const { isPacked, slice } = backendOf().texData.get(dataId);
  if (!isPacked) {
    const input = { dataId, shape: [size], dtype };
    return { input, layout: 'unpacked', texels: Math.ceil(size / 4), rows: 1, columns: size, start: slice?.flatOffset ?? 0 };
  }
  const columns = shape.at(-1) ?? 1;
  const rows = shape.at(-2) ?? 1;
  const blocks = size / rows / columns;
  const input = { dataId, shape: [blocks, rows, columns], dtype };
  return { input, layout: 'packed', texels: blocks * Math.ceil(rows / 2) * Math.ceil(columns / 2), rows, columns, start: 0 };
}

/** Texels that a fragment reads: short walks side by side, and no more of them than a read-back is worth. */
function chunkOf(texels: number): number {
  return Math.min(CHUNK / 4, Math.max(16, Math.ceil(Math.sqrt(texels) / 4)));
}

function run(look: Look, place: Place, fragments: number, chunk: number, numbers: readonly number[] = []): tf.Tensor {
  const { texels, rows, columns, start, input } = place;
  const integers = [texels, chunk, Math.ceil(texels / chunk), rows, columns, start];
  const program = programOf(look, place.layout, fragments);
  const uniforms = [...integers, ...numbers].map((number) => [number]);
  const info = backendOf().runWebGLProgram(program, [input], 'float32', uniforms);
  return tf.engine().makeTensorFromTensorInfo(info);
}

/** What to read of a large tensor for `statisticsOf`: one number for eight of its own, or fewer. The caller disposes it. */
export function measured(x: tf.Tensor): tf.Tensor {
  const place = placeOf(x);
  const chunk = chunkOf(place.texels);
  return run('statistics', place, 2 * Math.ceil(place.texels / chunk), chunk);
}

/** The first 64 numbers; where there are fewer, others follow them. The caller disposes it. */
export function headOf(x: tf.Tensor): tf.Tensor {
  return run('head', placeOf(x), HEAD / 4, 1);
}

const asFloat = new Float32Array(1);
const asBits = new Int32Array(asFloat.buffer);

/** The same power of 2 as in the shader, and its inverse. */
function unitOf(low: number, high: number): number {
  asFloat[0] = Math.max(Math.abs(low), Math.abs(high));
  return 2 ** (Math.min(254, Math.max(1, 254 - ((asBits[0]! >> 23) & 255))) - 127);
}

/** Puts the chunks together, in float64: the parallel form of Chan, Golub and LeVeque for mean and spread. */
export function statisticsOf(chunks: ArrayLike<number>): Statistics {
  let [min, max, mean, spread, finite, zeros, nans, infinities] = [Infinity, -Infinity, 0, 0, 0, 0, 0, 0];
  const half = chunks.length / 2;
  for (let i = 0; i < half; i += 4) {
    const low = chunks[i]!;
    const high = chunks[i + 1]!;
    const odd = chunks[i + 2]!;
    const counts = chunks[i + 3]!;
    infinities += Math.floor(odd / BASE);
    nans += odd % BASE;
    const count = Math.floor(counts / BASE);
    zeros += counts - count * BASE;
    if (count === 0) continue;
    const unit = unitOf(low, high);
    const sum = chunks[half + i + 1]!;
    const meanHere = chunks[half + i]! + sum / count / unit;
    const spreadHere = Math.max(0, chunks[half + i + 2]! - (sum * sum) / count) / unit / unit;
    const away = meanHere - mean;
    const all = finite + count;
    mean += (away * count) / all;
    spread += spreadHere + (away * away * finite * count) / all;
    finite = all;
    if (low < min) min = low;
    if (high > max) max = high;
  }
  return { min, max, mean, spread, finite, zeros, nans, infinities };
}

/** How many finite numbers are in each of 64 equal bins from `low` to `high`: a small tensor for `countsOf`. The caller disposes it. */
export function binned(x: tf.Tensor, low: number, high: number): tf.Tensor {
  const place = placeOf(x);
  // Every chunk is looked at by 16 fragments.
  const chunk = Math.min(CHUNK / 4, 4 * chunkOf(place.texels));
  const groups = Math.ceil(place.texels / chunk);
  const unit = unitOf(low, high);
  const numbers = [unit, low * unit, BINS / ((high - low) * unit)];
  return run('histogram', place, (groups * BINS) / 4, chunk, numbers);
}

/** Sums over the chunks. */
export function countsOf(bins: ArrayLike<number>): number[] {
  const counts = Array.from({ length: BINS }, () => 0);
  for (let i = 0; i < bins.length; i++) counts[i % BINS]! += bins[i]!;
  return counts;
}
