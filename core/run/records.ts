/** @file What is written down of a run, so that it can be told from others and compared with them. */
import type { NodeId, Path } from '../document/schema.ts';
import type { RequestId, ValueKey } from './ids.ts';
import type { Intervention } from './interventions.ts';

/** Whose weights a run used: fresh ones of a seed, those after so many steps of training, or those of a file. */
export type WeightsOrigin =
  { readonly from: 'seed'; readonly seed: number } | { readonly from: 'training'; readonly step: number } | { readonly from: 'file' };

/** Rows of a batch, from 0. */
export interface RowRange {
  readonly from: number;
  readonly count: number;
}

export interface RunRecord {
  /** The number of the request that made it: names the run wherever values of it are asked for. */
  readonly id: RequestId;
  /** Of the document that was run, as `hashDocument` gives it. */
  readonly documentHash: string;
  /** A fingerprint: equal for runs whose models have the same Variables, so that weights of one fit the other. */
  readonly architecture: string;
  readonly weights: WeightsOrigin;
  /** A fingerprint of what went in, equal for runs on the same rows in the same order: only these tell what an edit has changed. */
  readonly input: string;
  /** Which batch of the training rows, from 0. */
  readonly batch: number;
  readonly rows: RowRange;
  /** It ended at what this node gives: there is no loss, and no gradient. */
  readonly upTo?: { readonly instance: Path; readonly node: NodeId };
  /** It saw what this step of the training sees: its rows, weights and random streams. */
  readonly asStep?: number;
  readonly seed: number;
  /** The name of the view that was run through; null for the model as it is. */
  readonly view: string | null;
  readonly interventions: readonly Intervention[];
  readonly loss: number;
  /** Wall time of the pass until its numbers are known, without building. */
  readonly elapsedMs: number;
  /** What its values take, without the rounding up of textures. */
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
}

/** How far a value of one run, a, is from that of another, b. */
export interface Difference {
  readonly key: ValueKey;
  /** ‖a − b‖ / ‖b‖: 0 where they are equal, infinite where b is zero and a is not, NaN where a number of one is not finite. */
  readonly relative: number;
  /** The largest |a − b|. */
  readonly largest: number;
}
