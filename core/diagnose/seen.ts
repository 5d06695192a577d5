/** @file What a diagnosis can look at: the document, its data, one pass forward and back, and the course of a training. */
import type { Check } from '../check/answers.ts';
import type { ModelDocument, NodeId, Path, View } from '../document/schema.ts';
import type { CapturedResult, ModuleInfo, Summary, VariableResult } from '../run/protocol.ts';
import type { RunProblem } from '../spec/run-error.ts';
import type { Source } from '../spec/source.ts';
import type { tf } from '../tensor/tf.ts';
import type { Diagnostic } from '../nnx/diagnostics.ts';
import type { Flow } from './shared/flow.ts';
import type { LabelCounts } from './shared/label-counts.ts';
import type { Places } from './shared/places.ts';

/** Of all numbers of a value. Extremes, mean and std are over finite ones; null where there are none. */
export type Numbers = Pick<
  Summary,
  'shape' | 'dtype' | 'count' | 'min' | 'max' | 'mean' | 'std' | 'norm' | 'zeros' | 'nans' | 'infinities'
>;

/** A value that left a port, with its gradient. In the order in which they came about. */
export interface SeenWire {
  readonly instance: Path;
  readonly node: NodeId;
  readonly port: string;
  readonly call: number;
  readonly value: Numbers;
  /** Of zeros where the value does not reach the loss; null for whole numbers and truth values. */
  readonly gradient: Numbers | null;
  /** Whether the loss hangs on it by operations that have a gradient. */
  readonly isReached: boolean;
  /** Belongs to the pass; null of one that is over. */
  readonly tensor: tf.Tensor | null;
}

/** What a Module gave or showed: also within layers that are made of others. */
export interface SeenInside {
  readonly module: Path;
  readonly name: string;
  readonly call: number;
  /** How often it was called, those that were not looked at included. */
  readonly calls: number;
  readonly calledBy: { readonly instance: Path; readonly node: NodeId } | null;
  readonly value: Numbers;
  readonly gradient: Numbers | null;
}

export interface SeenVariable extends Pick<VariableResult, 'path' | 'name' | 'type' | 'shape' | 'calls'> {
  readonly value: Numbers;
  /** Of a Param. */
  readonly gradient: Numbers | null;
  /** Whether the loss hangs on it. */
  readonly isReached: boolean;
  /** Training moves it. */
  readonly isTrained: boolean;
}

export interface SeenPass {
  /** The step of training that took this batch, from 1; null for a run. */
  readonly step: number | null;
  /** Weights of the seed: nothing has been trained. */
  readonly isFresh: boolean;
  /** The view that it went through. */
  readonly view: string | null;
  readonly loss: number;
  /** Share of rows that were right; null where the loss is not one of classes. */
  readonly accuracy: number | null;
  readonly wires: readonly SeenWire[];
  readonly flow: Flow;
  readonly insides: readonly SeenInside[];
  readonly variables: readonly SeenVariable[];
  readonly captured: readonly Pick<CapturedResult, 'path' | 'kind' | 'variableType' | 'calls'>[];
  /** Perturbations whose value does not reach the loss, by path. */
  readonly unreached: readonly Path[];
  /** In the modes of this pass. */
  readonly modules: readonly ModuleInfo[];
  /** What nnx noticed. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How far one step moved a Param. */
export interface SeenUpdate {
  readonly step: number;
  readonly path: Path;
  /** Euclidean norms: of the weights before, and of what was added. */
  readonly weight: number;
  readonly update: number;
  readonly rank: number;
}

export interface SeenCourse {
  /** The step and its loss, in order. */
  readonly losses: readonly (readonly [step: number, loss: number])[];
  readonly updates: readonly SeenUpdate[];
  /** The step whose loss was not finite; null where all were. */
  readonly divergedAt: number | null;
  /** Share of right answers on the test rows at the end; null where there are none. */
  readonly testAccuracy: number | null;
}

export interface SeenView {
  readonly id: string;
  readonly name: string;
  readonly attributes: View['attributes'];
  readonly modules: readonly ModuleInfo[];
}

export interface Seen {
  readonly task: 'run' | 'train';
  readonly document: ModelDocument;
  readonly check: Check;
  readonly places: Places;
  /** Null where the data could not be opened. */
  readonly source: Source | null;
  /** What the labels are like; null where there are none. */
  readonly labels: LabelCounts | null;
  /** The Modules in the modes of each view of the document; without those that cannot be made. */
  readonly views: readonly SeenView[];
  /** What ended the run before its time. */
  readonly fault: RunProblem | null;
  /** Null where the run did not come that far. */
  readonly pass: SeenPass | null;
  /** Of a training. */
  readonly course: SeenCourse | null;
}
