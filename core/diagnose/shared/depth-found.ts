/** @file What is said of gradients that shrink or grow along depth. */
import { findDescriptor } from '../../registry.gen.ts';
import type { Found } from '../define.ts';
import type { Seen, SeenPass } from '../seen.ts';
import { causesOf, slopeFrom, type Depth } from './gradient-depth.ts';
import { chainEvidence, type ChainLink } from './gradient-path.ts';
import { list, short } from './words.ts';

/** Of the logarithm of the whole change: then one node is to blame, and not many alike. */
const MOST_OF_IT = 0.5;

/** Of float32, with some room. */
const ROUNDING = 1e-6;

export function depthFound(seen: Seen, pass: SeenPass, { start }: Depth, far: Depth['layers'], isFalling: boolean): Found {
  const { places } = seen;
  const worst = far.toSorted((a, b) => (isFalling ? a.ratio - b.ratio : b.ratio - a.ratio))[0]!;
  const slope = slopeFrom(seen, pass, worst.at, isFalling);
  const { steepest, share, chain } = slope;
  const isOne = steepest !== null && share >= MOST_OF_IT;
  const wire = pass.wires[worst.at]!;
  const place = isOne ? steepest.link : { path: wire.instance, node: wire.node };
  const causes = causesOf(
    slope,
    (link) => places.op({ instance: link.path, node: link.node }) ?? typeAt(seen, link.path, link.node),
    isFalling,
  );
  const why = isOne ? `${steepest.link.title} alone changes it by a factor of ${short(steepest.factor)}` : `on its way lie ${list(causes)}`;
  // Behind a norm a loss that looks at the mean of what it gives sees no change: what is left is rounding, and often meant to be looked at only.
  const isNorm = isOne && isNormalisation(seen, steepest.link) && steepest.factor < ROUNDING;
  return {
    severity: isNorm ? 'note' : 'warning',
    path: place.path,
    node: place.node,
    message: `The gradient ${isFalling ? 'vanishes' : 'explodes'}: at ${worst.name} its norm is ${short(worst.norm)}, at the outputs ${short(start)}, a factor of ${short(worst.ratio)} over ${chain.length - 1} steps${far.length > 1 ? `; likewise at ${far.length - 1} more of the layers` : ''}. Why: ${why}.`,
    evidence: {
      layer: worst.name,
      norm: worst.norm,
      atOutputs: start,
      ratio: worst.ratio,
      layers: far.map(({ name }) => name),
      why: isOne ? steepest.link.title : [...causes],
      ...chainEvidence(chain),
    },
    fix: isFalling
      ? 'Use activations with a slope near 1 (relu, gelu), a norm between layers, residual ways around them, or fewer layers.'
      : 'Use smaller initial weights, a norm between layers, or clip the gradients by their norm.',
  };
}

function isNormalisation({ places }: Seen, { path, node }: ChainLink): boolean {
  const place = { instance: path, node };
  const type = places.op(place) ?? places.member(place)?.type ?? '';
  return findDescriptor(type)?.family === 'normalization' || type === 'standardize';
}

function typeAt({ places }: Seen, instance: Found['path'], node: string): string {
  return places.member({ instance, node })?.type ?? places.title({ instance, node });
}
