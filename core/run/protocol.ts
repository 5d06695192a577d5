/**
 * @file What the window and the worker say to each other. Plain data; buffers of tensors are transferred, never
 * shared. Every request has an id, and every answer names it.
 */
import type { RunningNode } from '../build/observe.ts';
import type { AttributeValue, ModelDocument, NodeId, Path, PathFilter } from '../document/schema.ts';
import type { DiagnosisReport } from '../diagnose/report.ts';
import type { RunProblem } from '../spec/run-error.ts';
import type { DataType } from '../spec/shape.ts';
import type { RequestId, ValueKey } from './ids.ts';
import type { Intervention } from './interventions.ts';
import type { WatchHit, WatchSpec } from './watching.ts';
import type { Spread } from './quantiles.ts';
import type { Difference, RowRange, RunRecord, WeightsOrigin } from './records.ts';

export type { RunProblem } from '../spec/run-error.ts';

export type { RequestId, ValueKey } from './ids.ts';
export type { WeightsOrigin } from './records.ts';
export type BackendName = 'webgl' | 'cpu';

export type Request = { readonly id: RequestId } & (
  | { readonly kind: 'describe'; readonly document: ModelDocument }
  | { readonly kind: 'match'; readonly document: ModelDocument; readonly only: PathFilter }
  | {
      readonly kind: 'run';
      readonly document: ModelDocument;
      readonly assets: Assets;
      /** Which batch of the training rows, from 0; the first unless given. */
      readonly batch?: number;
      /** Of the batch these rows alone; all of them unless given. */
      readonly rows?: RowRange;
      /** The name of a view through which the model is run. */
      readonly view?: string;
      /** Forward up to what this node gives in its first call, and no further: there is no loss, and no gradient. */
      readonly upTo?: RunningNode;
      /** On the rows and with the random streams that the next step of the training has: what that step will see. `batch` is not looked at. */
      readonly asNextStep?: boolean;
      /** Weights as safetensors, instead of those of the seed or of the training. */
      readonly weights?: Uint8Array;
      /** Says what is wrong with the run, as far as it is known: `diagnosed` comes before the final answer. */
      readonly diagnose?: boolean;
      /** What is done to values on their way, in this run alone. */
      readonly interventions?: readonly Intervention[];
    }
  | {
      readonly kind: 'train';
      readonly document: ModelDocument;
      readonly assets: Assets;
      readonly steps: number;
      /** `last` goes on from what is trained where the architecture is the same, and starts afresh where it is not. */
      readonly continueFrom: 'start' | 'last';
      /** Weights as safetensors to start from. */
      readonly weights?: Uint8Array;
      /** Conditions that end it before the step in which they become true. */
      readonly watches?: readonly WatchSpec[];
      /** Says what is wrong with the training, and with a pass at its end. */
      readonly diagnose?: boolean;
    }
  /** How these values are distributed at every step of the last training that is kept, each on the rows of this batch. */
  | { readonly kind: 'overSteps'; readonly assets: Assets; readonly keys: readonly ValueKey[]; readonly batch: number }
  /** Takes up a training that `saved` handed over, of the same document: the next one goes on from it, and runs have its weights. */
  | { readonly kind: 'restore'; readonly document: ModelDocument; readonly bytes: Uint8Array }
  /** Goes back (or on again) to where the last training stood after so many steps. */
  | { readonly kind: 'seek'; readonly assets: Assets; readonly step: number }
  | { readonly kind: 'tensor'; readonly run: RequestId; readonly key: ValueKey; readonly part?: TensorPart }
  /** Statistics with histogram and first numbers, of some values of a run. `range`: what the bins hold at least, so that two values have the same. */
  | {
      readonly kind: 'summaries';
      readonly run: RequestId;
      readonly keys: readonly ValueKey[];
      readonly range?: { readonly low: number; readonly high: number };
    }
  /** How far values of a run are from those of another, place by place; of all places that both have unless keys are given. */
  | { readonly kind: 'differences'; readonly run: RequestId; readonly from: RequestId; readonly keys?: readonly ValueKey[] }
  /** Whether the values of a run stay until they are let go, however many others come. */
  | { readonly kind: 'pin'; readonly run: RequestId; readonly isPinned: boolean }
  /** Frees the values of runs. */
  | { readonly kind: 'forget'; readonly runs: readonly RequestId[] }
  /** Asks for the trained weights. */
  | { readonly kind: 'weights' }
  /** Forgets the trained weights, so that the next run starts from the document's seed, and the values of all runs. */
  | { readonly kind: 'reset' }
  /** Ends what runs and takes back what waits. */
  | { readonly kind: 'stop' }
);

/** Text of the data files that a document names, by hash or file name: the worker fetches nothing. */
export type Assets = Readonly<Record<string, string>>;

export type Answer = { readonly id: RequestId } & (
  | { readonly kind: 'started'; readonly backend: BackendName }
  /** 'building', 'compiling', 'forward', 'backward', 'training': for the status bar. `share`: how much of it is done, from 0 to 1. */
  | { readonly kind: 'phase'; readonly name: string; readonly share?: number }
  /** `problem`: the first reason why the document cannot be built; what cannot be is in the tree by its name, without Variables. */
  | { readonly kind: 'described'; readonly modules: readonly ModuleInfo[]; readonly problem: RunProblem | null }
  | { readonly kind: 'matched'; readonly paths: readonly Path[]; readonly attributes: readonly string[] }
  | { readonly kind: 'ran'; readonly result: RunResult; readonly record: RunRecord }
  /** To make room, the values of these runs were freed; what is known of them by their statistics stays true. */
  | { readonly kind: 'dropped'; readonly runs: readonly RequestId[] }
  /** Work goes on, though there is nothing else to say. Comes about every second, except while one operation of the device lasts longer. */
  | { readonly kind: 'alive' }
  /** A training starts behind so many steps and is to end at the goal. */
  | { readonly kind: 'begun'; readonly step: number; readonly goal: number }
  | { readonly kind: 'metrics'; readonly points: readonly MetricPoint[] }
  /** Which steps of the training one can go back to, and what they take; `problem`: why there are none. */
  | { readonly kind: 'kept'; readonly steps: readonly number[]; readonly bytes: number; readonly problem: RunProblem | null }
  /** The state of a training after so many steps, for a worker that takes its place. */
  | { readonly kind: 'saved'; readonly step: number; readonly bytes: Uint8Array }
  | { readonly kind: 'restored'; readonly step: number }
  | { readonly kind: 'overSteps'; readonly spreads: readonly StepSpread[] }
  /** Runs and trainings go on from here now. */
  | { readonly kind: 'sought'; readonly step: number }
  | {
      readonly kind: 'trained';
      /** After so many steps are the weights that are kept. */
      readonly step: number;
      readonly stopped: boolean;
      /** The loss was not finite: the last weights that gave a finite one are kept. */
      readonly diverged: boolean;
      /** A condition became true in the step behind `step`, which was not taken. */
      readonly hit: WatchHit | null;
      readonly modules: readonly ModuleInfo[];
    }
  /** Also of a run or a training that fails. */
  | { readonly kind: 'diagnosed'; readonly report: DiagnosisReport }
  /** As safetensors. */
  | { readonly kind: 'weights'; readonly bytes: Uint8Array }
  | { readonly kind: 'tensor'; readonly tensor: TensorData }
  /** In the order of the keys. */
  | { readonly kind: 'summaries'; readonly summaries: readonly Summary[] }
  | { readonly kind: 'differences'; readonly differences: readonly Difference[] }
  | { readonly kind: 'pinned' }
  | { readonly kind: 'forgotten' }
  /** To `stop`; and to a request that was stopped, or overtaken by a newer one of its kind, before it had an answer. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'reset' }
  /** `backend/context-lost`: the worker cannot go on; start a new one. */
  | { readonly kind: 'failed'; readonly problem: RunProblem }
  /** Not an answer to a failure of the request: what Flax would do silently wrong, reported. */
  | { readonly kind: 'warned'; readonly problem: RunProblem }
);

const INTERIM: ReadonlySet<Answer['kind']> = new Set<Answer['kind']>([
  'started',
  'phase',
  'alive',
  'begun',
  'kept',
  'saved',
  'metrics',
  'diagnosed',
  'warned',
  'dropped',
]);

/** Whether more is to come for the same request. */
export function isInterim({ kind }: Answer): boolean {
  return INTERIM.has(kind);
}

/** A row of the module tree, exactly as `iterModules` yields it from the live Module. */
export interface ModuleInfo {
  readonly path: Path;
  /** `Linear`, or the name of a class of the document. */
  readonly type: string;
  /** Elements of all Params at or below this Module, shared ones once. */
  readonly paramCount: number;
  readonly variables: readonly VariableInfo[];
  /** Static attributes that `setAttributes` can set; `mode` marks those that train, eval and view flip. */
  readonly attributes: readonly { readonly name: string; readonly value: AttributeValue; readonly mode: boolean }[];
  /** Other paths that lead to the same Module. */
  readonly alsoAt: readonly Path[];
}

export interface VariableInfo {
  readonly name: string;
  readonly path: Path;
  /** `Param`, `BatchStat` … */
  readonly type: string;
  readonly shape: readonly number[];
  readonly dtype: string;
}

export interface RunResult {
  readonly weights: WeightsOrigin;
  readonly loss: number;
  readonly backend: BackendName;
  /** Wall time of the pass until its numbers are known, without building. */
  readonly elapsedMs: number;
  readonly outputs: readonly NamedSummary[];
  /** Every value that a wire carried, with its gradient, per call. */
  readonly wires: readonly WireResult[];
  /** What Modules returned or showed, call by call: elements of lists, and what lies within layers that are made of others. */
  readonly insides: readonly InsideResult[];
  /** What `capture` returned: one entry per sown value, in order, and per perturbation. */
  readonly captured: readonly CapturedResult[];
  readonly variables: readonly VariableResult[];
  /** After the forward pass: BatchNorm statistics have moved if the model is in training mode. */
  readonly modules: readonly ModuleInfo[];
  readonly accuracy?: number;
}

export interface NamedSummary {
  readonly name: string;
  readonly key: ValueKey;
  readonly summary: Statistics;
}

export interface WireResult {
  /** The instance of the class whose graph the wire is in: its path from the root, of a shared one the path that `iterModules` gives. */
  readonly instance: Path;
  readonly node: NodeId;
  readonly port: string;
  /** 0 for the first call of this instance, and so on. */
  readonly call: number;
  /** The Module that made the value, where the node is a call. */
  readonly module: Path | null;
  readonly valueKey: ValueKey;
  readonly value: Statistics;
  readonly gradientKey: ValueKey | null;
  readonly gradient: Statistics | null;
}

export interface InsideResult {
  /** The path that `iterModules` gives. */
  readonly module: Path;
  /** `output`, or what the layer shows of its inside, such as `attentionWeights`. */
  readonly name: string;
  /** 0 for the first call of this Module, whichever node made it; of very many, the first ones. */
  readonly call: number;
  /** How often it was called in the run, those that are not kept included. */
  readonly calls: number;
  /** The node that called it, or called what it lies in; null where no graph did. */
  readonly calledBy: { readonly instance: Path; readonly node: NodeId } | null;
  readonly valueKey: ValueKey;
  readonly value: Statistics;
  readonly gradientKey: ValueKey | null;
  readonly gradient: Statistics | null;
}

export interface CapturedResult {
  /** As Flax prints it: path of the Module, then the name. */
  readonly path: Path;
  readonly kind: 'sow' | 'perturb';
  readonly variableType: string;
  readonly entries: readonly { readonly key: ValueKey; readonly summary: Statistics }[];
  /** A perturbation in a Module that is called several times: its gradient is the sum over this many calls. */
  readonly calls: number;
}

export interface VariableResult extends VariableInfo {
  /** How often the Module that holds it was called: the gradient is the sum over these calls. */
  readonly calls: number;
  readonly valueKey: ValueKey;
  readonly value: Statistics;
  readonly gradientKey: ValueKey | null;
  readonly gradient: Statistics | null;
}

/** A box of a tensor: where it begins on each axis, and how long it is there. */
export interface TensorPart {
  readonly begin: readonly number[];
  readonly size: readonly number[];
}

export interface TensorData {
  readonly shape: readonly number[];
  readonly dtype: DataType;
  /** float32 values as they are; int32 and bool widened to float32. */
  readonly data: Float32Array;
}

/** What is known of every value without asking for more. Extremes, mean and std are over finite elements; null where there are none. */
export interface Statistics {
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly count: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Population standard deviation. */
  readonly std: number | null;
  /** Euclidean norm of all elements: NaN or infinite where one of them is; null where there is none. */
  readonly norm: number | null;
  readonly zeros: number;
  readonly nans: number;
  readonly infinities: number;
}

/** What the worker finds out of a value when somebody looks at it. */
export interface Summary extends Statistics {
  readonly histogram: { readonly low: number; readonly high: number; readonly counts: readonly number[] } | null;
  /** The first elements in row-major order, at most 64. */
  readonly head: readonly number[];
}

/** How values are distributed at one step, in the order in which they were asked for; null for one that is not in the run. */
export interface StepSpread {
  readonly step: number;
  readonly values: readonly (Spread | null)[];
}

export interface MetricPoint {
  readonly step: number;
  readonly loss: number;
  /** On the whole test split, in evaluation mode; only every so many steps. */
  readonly testAccuracy?: number;
  readonly testLoss?: number;
  readonly learningRate?: number;
  /** Norms over all trained parameters, of the gradient and of the step beside the parameters; only every so many steps. */
  readonly gradientNorm?: number;
  readonly updateRatio?: number;
}
