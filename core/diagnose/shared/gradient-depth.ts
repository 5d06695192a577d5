/** @file Gradients along depth: where on the way from the loss to a layer they shrink or grow. */
import { isNotFinite } from '../../run/summary.ts';
import type { Seen, SeenPass } from '../seen.ts';
import { chainFrom, normAt, type ChainLink } from './gradient-path.ts';
import { outputsOf } from './output-wire.ts';
import { upstream, valuesOf } from './reach.ts';

export interface Depth {
  /** Of all layers with trained weight matrices: the value they gave, the norm of its gradient, and that against the end of the way. */
  readonly layers: readonly { readonly name: string; readonly at: number; readonly norm: number; readonly ratio: number }[];
  /** The norm of the gradient where the way begins. */
  readonly start: number;
}

/** Null where gradients say nothing: there are none, or they are not finite. */
export function depthOf(seen: Seen, pass: SeenPass): Depth | null {
  if (!Number.isFinite(pass.loss) || pass.wires.some(({ gradient }) => gradient && isNotFinite(gradient))) return null;
  const ends = outputsOf(pass, seen.places).filter(({ wire }) => wire >= 0 && normAt(pass.wires, wire) > 0);
  if (ends.length === 0) return null;
  const start = Math.hypot(...ends.map(({ wire }) => normAt(pass.wires, wire)));
  const modules = new Map<string, { readonly name: string; readonly at: number }>();
  const isBefore = upstream(
    pass,
    ends.map(({ wire }) => wire),
  );
  for (const { path, shape, isTrained } of pass.variables) {
    if (!isTrained || shape.length < 2) continue;
    const at = valuesOf(seen, pass, path).find((each) => isBefore.has(each));
    const name = path.slice(0, -1).join('.');
    if (at !== undefined) modules.set(name, { name, at });
  }
  const layers = [...modules.values()].map(({ name, at }) => ({
    name,
    at,
    norm: normAt(pass.wires, at),
    ratio: normAt(pass.wires, at) / start,
  }));
  return { layers: layers.filter(({ norm }) => norm > 0).toSorted((a, b) => a.at - b.at), start };
}

export interface Slope {
  readonly chain: readonly ChainLink[];
  /** The node of the chain that changed the norm most, and by which factor, from what it gave to what went into it. */
  readonly steepest: { readonly link: ChainLink; readonly factor: number } | null;
  /** Of the whole way, in logarithms. */
  readonly share: number;
}

/** `isFalling`: the norm falls on the way back. */
export function slopeFrom(seen: Seen, pass: SeenPass, at: number, isFalling: boolean): Slope {
  const chain = chainFrom(seen, pass, at);
  const steps = chain.slice(1).map((link, i) => ({ link, factor: (chain[i]!.norm ?? 0) / (link.norm ?? NaN) }));
  const known = steps.filter(({ factor }) => factor > 0 && Number.isFinite(factor));
  const size = (factor: number): number => (isFalling ? -Math.log(factor) : Math.log(factor));
  const total = known.reduce((sum, { factor }) => sum + size(factor), 0);
  const steepest = known.toSorted((a, b) => size(b.factor) - size(a.factor))[0] ?? null;
  return { chain, steepest, share: steepest && total > 0 ? size(steepest.factor) / total : 0 };
}

/** Of the logarithm of the whole change: less is not worth a word. */
const A_FIFTH = 0.2;

/** What makes it shrink or grow, type by type: `12 × sigmoid (0.17 each)`, the strongest first. */
export function causesOf({ chain }: Slope, titleOf: (link: ChainLink) => string, isFalling: boolean): readonly string[] {
  const groups = new Map<string, number[]>();
  for (const [i, link] of chain.slice(1).entries()) {
    const factor = (chain[i]!.norm ?? 0) / (link.norm ?? NaN);
    if (factor > 0 && Number.isFinite(factor)) groups.set(titleOf(link), [...(groups.get(titleOf(link)) ?? []), Math.log(factor)]);
  }
  const sum = (logs: readonly number[]): number => logs.reduce((a, b) => a + b, 0);
  const total = sum([...groups.values()].flat());
  return [...groups]
    .toSorted(([, a], [, b]) => (isFalling ? sum(a) - sum(b) : sum(b) - sum(a)))
    .filter(([, logs]) => Math.abs(sum(logs)) >= A_FIFTH * Math.abs(total) && sum(logs) < 0 === isFalling)
    .slice(0, 3)
    .map(([title, logs]) => `${logs.length} × ${title} (${Number(Math.exp(sum(logs) / logs.length).toPrecision(2))} each)`);
}
