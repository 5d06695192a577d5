/** @file Activations that sit at their flat ends. */
import { tf } from '../../tensor/tf.ts';
import { defineDiagnosis, notChecked, type Found } from '../define.ts';
import { BOUNDED } from '../shared/bounded.ts';
import { count, percent } from '../shared/words.ts';

/** In the middle of the span from -1 to 1: beyond it the slope of tanh and sigmoid is below a twentieth of what it is at 0. */
const FLAT = 0.975;
/** At least so many numbers: Glorot and Bengio (2010) call a layer saturated whose units sit at their ends for most inputs. */
const MANY = 0.5;
const NEARLY_ALL = 0.95;

export const activationSaturatedDiagnosis = defineDiagnosis({
  code: 'activation/saturated',
  doc: 'A sigmoid, tanh or the like of which at least half of the numbers lie where its slope is below a twentieth of the steepest. What a trained model gives at its output is left alone: there it may be sure.',
  what: 'activations',
  async look({ pass, places }) {
    if (!pass) return notChecked('There was no pass.');
    const found: Found[] = [];
    let [checked, left] = [0, 0];
    for (const [i, wire] of pass.wires.entries()) {
      const bounds = BOUNDED.get(places.op(wire) ?? places.member(wire)?.type ?? '');
      if (!bounds || !Number.isFinite(bounds.low) || places.op(wire) === 'softmax') continue;
      const isEnd = pass.flow.users(i).length === 0;
      if (!wire.tensor || (isEnd && !pass.isFresh)) {
        left++;
        continue;
      }
      checked++;
      const { low, high } = bounds;
      const share = await shareBeyond(wire.tensor, (low + high) / 2, (FLAT * (high - low)) / 2);
      if (share < MANY) continue;
      const source = pass.wires[pass.flow.sources(i)[0] ?? -1];
      const title = places.title(wire);
      const from = source ? places.title(source) : 'what goes into it';
      const range = source ? ` (${source.value.min?.toPrecision(3)} to ${source.value.max?.toPrecision(3)})` : '';
      found.push({
        severity: share >= NEARLY_ALL ? 'error' : 'warning',
        path: wire.instance,
        node: wire.node,
        message: `${title} is saturated: ${percent(share)} of its ${count(wire.value.count)} numbers sit at ${low} or ${high}, where it is flat, so hardly any gradient passes. ${from}${range} is too large for it.`,
        evidence: {
          share,
          flatBeyond: FLAT,
          low,
          high,
          feeds: from,
          feedsNode: source?.node ?? null,
          min: source?.value.min ?? null,
          max: source?.value.max ?? null,
        },
        fix: `Make ${from} smaller: smaller initial weights, scaled data, or a LayerNorm or BatchNorm before ${title}.`,
      });
    }
    return { found, checked, notChecked: left, ...(left > 0 ? { why: 'The output of a trained model may be sure.' } : {}) };
  },
});

async function shareBeyond(values: tf.Tensor, middle: number, distance: number): Promise<number> {
  const share = tf.tidy(() => tf.mean(tf.cast(tf.greater(tf.abs(tf.sub(values, middle)), distance), 'float32')));
  const [number = 0] = await share.data();
  share.dispose();
  return number;
}
