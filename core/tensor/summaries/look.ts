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

/** As many fragments as each has texels, so that neither the card nor the CPU waits for the other. */
function chunkOf(texels: number): number {
  return Math.min(CHUNK / 4, Math.ceil(Math.sqrt(texels)));
}

function run(look: Look, place: Place, fragments: number, chunk: number, more: { with?: tf.Tensor; numbers?: number[] } = {}): tf.Tensor {
  const integers = [place.texels, chunk, place.rows, place.columns, place.start];
  const program = programOf(look, place.layout, fragments);
  const inputs = [place.input, ...(more.with ? [more.with] : [])];
  const info = backendOf().runWebGLProgram(
    program,
    inputs,
    'float32',
    [...integers, ...(more.numbers ?? [])].map((number) => [number]),
  );
  return tf.engine().makeTensorFromTensorInfo(info);
}

/** What to read of a large tensor: three small ones, for `statisticsOf`. The caller disposes them. */
export function lookAt(x: tf.Tensor): { readonly extremes: tf.Tensor; readonly moments: tf.Tensor; readonly head: tf.Tensor } {
  const place = placeOf(x);
  const chunk = chunkOf(place.texels);
  const fragments = Math.ceil(place.texels / chunk);
  const extremes = run('extremes', place, fragments, chunk);
  return { extremes, moments: run('moments', place, fragments, chunk, { with: extremes }), head: run('head', place, HEAD / 4, 0) };
}

/** The same power of 2 as in the shader, and its inverse. */
function unitOf(low: number, high: number): number {
  const bits = new Int32Array(Float32Array.of(Math.max(Math.abs(low), Math.abs(high))).buffer)[0]!;
  return 2 ** (Math.min(254, Math.max(1, 254 - ((bits >> 23) & 255))) - 127);
}

/** Puts the chunks together, in float64: the parallel form of Chan, Golub and LeVeque for mean and spread. */
export function statisticsOf(extremes: ArrayLike<number>, moments: ArrayLike<number>): Statistics {
  let [min, max, mean, spread, finite, zeros, nans, infinities] = [Infinity, -Infinity, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < extremes.length; i += 4) {
    const [low, high, odd, counts] = [extremes[i]!, extremes[i + 1]!, extremes[i + 3]!, moments[i + 3]!];
    nans += odd % BASE;
    infinities += Math.floor(odd / BASE);
    zeros += counts % BASE;
    const count = Math.floor(counts / BASE);
    if (count === 0) continue;
    const unit = unitOf(low, high);
    const sum = moments[i + 1]!;
    const meanHere = moments[i]! + sum / count / unit;
    const spreadHere = Math.max(0, moments[i + 2]! - (sum * sum) / count) / unit / unit;
    const away = meanHere - mean;
    const all = finite + count;
    mean += (away * count) / all;
    spread += spreadHere + (away * away * finite * count) / all;
    finite = all;
    min = Math.min(min, low);
    max = Math.max(max, high);
  }
  return { min, max, mean, spread, finite, zeros, nans, infinities };
}

/** How many finite numbers are in each of 64 equal bins from `low` to `high`: a small tensor for `countsOf`. The caller disposes it. */
export function binned(x: tf.Tensor, low: number, high: number): tf.Tensor {
  const place = placeOf(x);
  // Every chunk is looked at by 16 fragments.
  const chunk = 4 * chunkOf(place.texels);
  const groups = Math.ceil(place.texels / chunk);
  const unit = unitOf(low, high);
  const numbers = [unit, low * unit, BINS / ((high - low) * unit)];
  return run('histogram', place, (groups * BINS) / 4, chunk, { numbers });
}

/** Sums over the chunks. */
export function countsOf(bins: ArrayLike<number>): number[] {
  const counts = Array.from({ length: BINS }, () => 0);
  for (let i = 0; i < bins.length; i++) counts[i % BINS]! += bins[i]!;
  return counts;
}
