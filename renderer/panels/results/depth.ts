/** @file Gradient size along the forward graph, with what looks wrong named. Pure. */
import { isNotFinite, type RunResult, type Statistics } from '../../../core/run/index.ts';
import type { ModelClass, NodeId, Path } from '../../../core/document/index.ts';
import { notFiniteText } from '../../charts/not-finite-text.ts';
import { pathKey } from '../../state/paths.ts';
import { titleOf } from './subjects.ts';

export interface DepthBar {
  readonly key: string;
  readonly node: NodeId;
  /** The Module that gave it. */
  readonly module: Path | null;
  readonly title: string;
  readonly gradient: Statistics;
  /** Length of the bar from 0 to 1, on a logarithmic scale over the graph; 1 for what is not finite. */
  readonly share: number;
  /** `zero`, `vanishing`, `exploding`, or how many numbers are not finite. */
  readonly flag: string | null;
}

/** Below this share of the largest gradient of the graph one speaks of vanishing; above its inverse of exploding. */
const TINY = 1e-5;
/** Even the smallest bar can be seen. */
const SHORTEST = 0.04;

const isUsual = (norm: number | null): norm is number => norm !== null && norm > 0 && Number.isFinite(norm);

/** In the order in which the values were computed; of a stale result, those whose nodes are still in the graph. */
export function gradientsAlongDepth(result: RunResult, modelClass: ModelClass, instance: Path): readonly DepthBar[] {
  const here = pathKey(instance);
  const wires = result.wires.filter((wire) => Object.hasOwn(modelClass.nodes, wire.node) && pathKey(wire.instance) === here);
  const seen = wires.flatMap(({ valueKey, node, module, gradient }) => (gradient ? [{ valueKey, node, module, gradient }] : []));
  const norms = seen.map(({ gradient }) => gradient.norm).filter(isUsual);
  const low = Math.log(norms.reduce((a, b) => Math.min(a, b), Infinity));
  const high = Math.log(norms.reduce((a, b) => Math.max(a, b), 0));
  const last = norms.at(-1) ?? 1;
  const shareOf = (norm: number): number => (high > low ? SHORTEST + (1 - SHORTEST) * ((Math.log(norm) - low) / (high - low)) : 1);
  return seen.map(({ valueKey, node, module, gradient }): DepthBar => {
    const { norm } = gradient;
    const ratio = (norm ?? 0) / last;
    const flag = isNotFinite(gradient)
      ? notFiniteText(gradient)
      : norm === 0
        ? 'zero'
        : ratio < TINY
          ? 'vanishing'
          : ratio > 1 / TINY
            ? 'exploding'
            : null;
    const share = isNotFinite(gradient) ? 1 : isUsual(norm) ? shareOf(norm) : 0;
    return { key: valueKey, node, module, title: titleOf(modelClass, node), gradient, share, flag };
  });
}
