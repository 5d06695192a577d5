/** @file Gradient size along the forward graph, with what looks wrong named. Pure. */
import type { ModelClass, NodeId, Path } from '../../../core/document/index.ts';
import type { RunResult } from '../../../core/run/index.ts';
import { pathKey } from '../../state/paths.ts';
import { titleOf } from './subjects.ts';

export interface DepthBar {
  readonly key: string;
  readonly node: NodeId;
  readonly title: string;
  readonly norm: number;
  /** Length of the bar from 0 to 1, on a logarithmic scale over the graph. */
  readonly share: number;
  readonly flag: 'zero' | 'not finite' | 'vanishing' | 'exploding' | null;
}

/** Below this share of the largest gradient of the graph one speaks of vanishing; above its inverse of exploding. */
const TINY = 1e-5;
/** Even the smallest bar can be seen. */
const SHORTEST = 0.04;

/** In the order in which the values were computed; of a stale result, those whose nodes are still in the graph. */
export function gradientsAlongDepth(result: RunResult, modelClass: ModelClass, instance: Path): readonly DepthBar[] {
  const here = pathKey(instance);
  const wires = result.wires.filter(
    (wire) => wire.gradient !== null && pathKey(wire.instance) === here && Object.hasOwn(modelClass.nodes, wire.node),
  );
  const norms = wires.map((wire) => wire.gradient!.norm ?? Number.NaN).filter((norm) => norm > 0 && Number.isFinite(norm));
  const [low, high] = [Math.log(Math.min(...norms)), Math.log(Math.max(...norms))];
  const last = norms.at(-1) ?? 1;
  return wires.map((wire): DepthBar => {
    const summary = wire.gradient!;
    const norm = summary.norm ?? Number.NaN;
    const isBad = summary.nans + summary.infinities > 0;
    const share = norm > 0 && high > low ? SHORTEST + (1 - SHORTEST) * ((Math.log(norm) - low) / (high - low)) : norm > 0 ? 1 : 0;
    const ratio = norm / last;
    const flag = isBad ? 'not finite' : norm === 0 ? 'zero' : ratio < TINY ? 'vanishing' : ratio > 1 / TINY ? 'exploding' : null;
    return { key: wire.valueKey, node: wire.node, title: titleOf(modelClass, wire.node), norm, share, flag };
  });
}
