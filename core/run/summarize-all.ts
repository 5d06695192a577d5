/**
 * @file Statistics of many tensors in one read-back, and summaries in at most two. What is small is read whole; what is large stays on the card, which looks at
 * every number of it and gives back a few.
 */
import type { DataType } from '../spec/shape.ts';
import { readMany, type Values } from '../tensor/read-many.ts';
import { drawsOnProcessor } from '../tensor/renderer.ts';
import { binned, countsOf, headOf, isOnCard, measured, type Statistics, statisticsOf } from '../tensor/summaries/look.ts';
import { tf } from '../tensor/tf.ts';
import type { Statistics as Measured, Summary } from './protocol.ts';
import { type BinRange, BINS, histogramRange, measure, summarize, overAll } from './summary.ts';

/** From so many numbers on, looking at them on the card is less work than taking them off it. */
const LARGE = 2 ** 11;
/** Where a program draws there is nothing to take them off, and it looks more slowly than we do: only memory is a reason. */
const LARGE_ON_PROCESSOR = 2 ** 22;

type Histogram = Summary['histogram'];

const largeHere = (): number => (drawsOnProcessor() ? LARGE_ON_PROCESSOR : LARGE);

/**
 * Statistics in the order of the tensors, and the numbers of those beside them, all behind one fence. They stay the caller's and must
 * live until it is done.
 */
export async function measureAll(
  tensors: readonly tf.Tensor[],
  { large = largeHere(), beside = [] }: { readonly large?: number; readonly beside?: readonly tf.Tensor[] } = {},
): Promise<{ readonly measured: Measured[]; readonly beside: Values[] }> {
  const looks = tensors.map((tensor) => (tensor.size >= large && isOnCard(tensor) ? measured(tensor) : null));
  try {
    const read = await readMany([...tensors.map((tensor, i) => looks[i] ?? tensor), ...beside]);
    const measured = tensors.map((tensor, i) =>
      looks[i] ? measuredOf(tensor, statisticsOf(read[i]!)) : measure(read[i]!, tensor.shape, tensor.dtype as DataType),
    );
    return { measured, beside: read.slice(tensors.length) };
  } finally {
    tf.dispose(looks.filter((look) => look !== null));
  }
}

/** Summaries, all on the same bins where a range is given, in the order of the tensors, which stay the caller's and must live until it is done. */
export async function summarizeAll(tensors: readonly tf.Tensor[], large = largeHere(), range?: BinRange): Promise<Summary[]> {
  const isLarge = tensors.map((tensor) => tensor.size >= large && isOnCard(tensor));
  const whole = tensors.filter((_, i) => !isLarge[i]);
  const vast = tensors.filter((_, i) => isLarge[i]);
  const parts = vast.flatMap((tensor) => [measured(tensor), headOf(tensor)]);
  try {
    const read = await readMany([...whole, ...parts]);
    const small = whole.map((tensor, i) => summarize(read[i]!, tensor.shape, tensor.dtype as DataType, range));
    const partsOf = (i: number) => read.slice(whole.length + 2 * i, whole.length + 2 * i + 2);
    const known = vast.map((_, i) => statisticsOf(partsOf(i)[0]!));
    const histograms = await histogramsOf(vast, known, range);
    const seen = vast.map((tensor, i) => ({
      ...measuredOf(tensor, known[i]!),
      histogram: histograms[i]!,
      head: [...partsOf(i)[1]!].slice(0, tensor.size),
    }));
    let [nextSeen, nextSmall] = [0, 0];
    return isLarge.map((there) => (there ? seen[nextSeen++]! : small[nextSmall++]!));
  } finally {
    tf.dispose(parts);
  }
}

async function histogramsOf(tensors: readonly tf.Tensor[], known: readonly Statistics[], wanted?: BinRange): Promise<Histogram[]> {
  const spans = known.map(({ min, max }) => (wanted ? { min: Math.min(min, wanted.low), max: Math.max(max, wanted.high) } : { min, max }));
  const ranges = known.map(({ finite }, i) => (finite > 0 ? histogramRange(spans[i]!.min, spans[i]!.max) : null));
  const bins = tensors.map((tensor, i) => {
    const { min, max } = spans[i]!;
    return known[i]!.finite > 0 && min < max ? binned(tensor, min, max) : null;
  });
  const asked = bins.filter((each) => each !== null);
  try {
    const read = await readMany(asked);
    return ranges.map((range, i) => {
      if (!range) return null;
      return { ...range, counts: bins[i] ? countsOf(read.shift()!) : inTheMiddle(known[i]!.finite) };
    });
  } finally {
    tf.dispose(asked);
  }
}

/** Of a constant. */
function inTheMiddle(count: number): number[] {
  return Array.from({ length: BINS }, (_, bin) => (bin === BINS / 2 ? count : 0));
}

function measuredOf({ shape, size, dtype }: tf.Tensor, known: Statistics): Measured {
  const { zeros, nans, infinities, finite, mean, spread } = known;
  const counted = { shape: [...shape], dtype: dtype as DataType, count: size, zeros, nans, infinities };
  const norm = size === 0 ? null : overAll(Math.sqrt(spread + finite * mean * mean), known);
  if (finite === 0) return { ...counted, min: null, max: null, mean: null, std: null, norm };
  const { min, max } = known;
  return { ...counted, min, max, mean, std: Math.sqrt(spread / finite), norm };
}
