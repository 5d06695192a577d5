/**
 * @file What the worker said: status, results, metrics, the live module tree. Results carry the hash of the document
 * that they were computed from, so that they can be shown as stale instead of vanishing. Changed by `run-client.ts` only.
 */
import type { DiagnosisReport } from '../../../core/diagnose/index.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AttributeValue, Path } from '../../../core/document/index.ts';
import type {
  BackendName,
  Intervention,
  MetricPoint,
  ModuleInfo,
  RequestId,
  RowRange,
  RunProblem,
  RunRecord,
  RunResult,
  StepSpread,
  ValueKey,
  WatchHit,
} from '../../../core/run/index.ts';
import type { Followed } from './followed.ts';
import type { KeptWatch } from './watches.ts';

export type RunStatus = 'idle' | 'building' | 'compiling' | 'running' | 'training' | 'stopping' | 'failed';

export interface LogLine {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

export interface MatchResult {
  /** The filter as the user wrote it. */
  readonly text: string;
  readonly paths: readonly Path[];
  /** Attributes that `setAttributes` could set on the matches. */
  readonly attributes: readonly string[];
}

/** The result of one run, and what it belongs to. */
export interface KeptResult {
  readonly result: RunResult;
  readonly record: RunRecord;
  /** `Run 3`, unless the user gave another. */
  readonly name: string;
  /** It stays until it is forgotten, however many others come. */
  readonly isPinned: boolean;
  /** Hash of the document that was run. */
  readonly hash: string;
  /** The worker still has the tensors; false after it was restarted, or they made room for those of later runs. */
  readonly hasTensors: boolean;
  /** `weightsVersion` when it was made. */
  readonly weightsVersion: number;
}

/** What a press on Run runs the model on, and how. */
export interface RunChoice {
  /** Which batch of the training rows, from 0. */
  readonly batch: number;
  /** Null: all of the batch. */
  readonly rows: RowRange | null;
  /** The name of a view; null: the model as it is. */
  readonly view: string | null;
  readonly interventions: readonly Intervention[];
}

/** A value or a gradient that is followed from run to run. */
export interface PinnedValue {
  readonly key: ValueKey;
  /** `Value of relu`. */
  readonly title: string;
}

/** What was measured of a training, from its start to where it was left. */
export interface Course {
  readonly id: number;
  /** `Training 2`. */
  readonly name: string;
  readonly points: readonly MetricPoint[];
  /** Where it left another: null where it began with fresh weights. */
  readonly from: { readonly course: string; readonly step: number } | null;
}

export interface TrainingProgress {
  readonly hash: string;
  /** What was measured of it. */
  readonly course: Course;
  /** The weights are those after so many steps, over all presses on Train that continued each other: fewer than were measured after one went back. */
  readonly step: number;
  /** Where the present press on Train ends. */
  readonly goal: number;
  /** The worker holds trained values that another press can continue from. */
  readonly canContinue: boolean;
  /** It ended with a loss that was not finite: kept are the last weights before. */
  readonly diverged: boolean;
  /** The condition that paused it; null where none did, or it has gone on since. */
  readonly hit: WatchHit | null;
  /** The steps that one can go back to at once, and what they take; `problem`: why there are none. */
  readonly kept: { readonly steps: readonly number[]; readonly bytes: number; readonly problem: RunProblem | null };
}

/** How values were distributed at the steps of the training that are kept. */
export interface OverSteps {
  readonly followed: readonly Followed[];
  readonly batch: number;
  readonly spreads: readonly StepSpread[];
}

export interface Diagnosis {
  /** Of the document that was run. */
  readonly hash: string;
  readonly report: DiagnosisReport;
}

export interface RunsState {
  readonly status: RunStatus;
  /** The phase as the worker names it, and how much of it is done where that is known: 'compiling', 'backward, 40 %' … */
  readonly phase: string | null;
  readonly backend: BackendName | null;
  /** Why it is not WebGL. */
  readonly backendNote: string | null;
  /** The latest first. */
  readonly runs: readonly KeptResult[];
  /** Of these the one that is looked at: the latest, until another is chosen. */
  readonly result: KeptResult | null;
  /** The run that it is compared with; null where it is with none. */
  readonly compareWith: RequestId | null;
  /** How many runs there have been since the document was opened: they are named by it. */
  readonly runsMade: number;
  readonly choice: RunChoice;
  readonly pins: readonly PinnedValue[];
  readonly training: TrainingProgress | null;
  /** Those before it, the latest first. */
  readonly courses: readonly Course[];
  /** What was asked for last of the present training; null where nothing was. */
  readonly overSteps: OverSteps | null;
  /** Conditions that pause every training. */
  readonly watches: readonly KeptWatch[];
  /** Another number whenever trained weights have changed or were lost: the next run uses other weights than the last. */
  readonly weightsVersion: number;
  /** Rows of the live module tree, in the order of `iterModules`: children before parents, the root last. */
  readonly modules: readonly ModuleInfo[];
  /** Why the present document cannot be built. */
  readonly buildProblem: RunProblem | null;
  /** The tree is that of an earlier document: the present one is not even a tree. */
  readonly isTreeOutdated: boolean;
  /** Why the last run or training failed. */
  readonly problem: RunProblem | null;
  /** Hash of the document that the run of the problem and the warnings was of: of another they say nothing. */
  readonly problemsOf: string | null;
  /** What Flax would do silently wrong, reported by the last run. */
  readonly warnings: readonly RunProblem[];
  /** What the diagnoses found in the last run or training that they were asked about. */
  readonly diagnosis: Diagnosis | null;
  readonly match: MatchResult | null;
  readonly log: readonly LogLine[];
}

export type RunsStore = StoreApi<RunsState>;

const LOG_LIMIT = 500;

export const INITIAL_RUNS: RunsState = {
  status: 'idle',
  phase: null,
  backend: null,
  backendNote: null,
  runs: [],
  result: null,
  compareWith: null,
  runsMade: 0,
  choice: { batch: 0, rows: null, view: null, interventions: [] },
  pins: [],
  training: null,
  courses: [],
  overSteps: null,
  watches: [],
  weightsVersion: 0,
  modules: [],
  buildProblem: null,
  isTreeOutdated: false,
  problem: null,
  problemsOf: null,
  warnings: [],
  diagnosis: null,
  match: null,
  log: [],
};

export function createRunsStore(): RunsStore {
  return createStore<RunsState>(() => INITIAL_RUNS);
}

/** Whether a run or a training is under way. */
export function isBusy(state: Pick<RunsState, 'status'>): boolean {
  return state.status !== 'idle' && state.status !== 'failed';
}

/** Whether something was made from another document than the present one, whose hash is null where nothing is kept to compare it with. */
export function isOfOtherDocument(kept: { readonly hash: string } | null, presentHash: string | null): boolean {
  return kept !== null && kept.hash !== presentHash;
}

/** Why the result is not what a run would give now. Null where it is fresh, or there is none. */
export function whyStale(
  { result, weightsVersion }: Pick<RunsState, 'result' | 'weightsVersion'>,
  presentHash: string | null,
): string | null {
  return result && whyRunIsStale(result, weightsVersion, presentHash);
}

/** Why a run is not what it would be now: the one home of that question. Null where it is fresh. */
export function whyRunIsStale(run: KeptResult, weightsVersion: number, presentHash: string | null): string | null {
  if (isOfOtherDocument(run, presentHash)) return 'the model has changed since';
  return run.weightsVersion === weightsVersion ? null : 'the weights have changed since';
}

/** Adds a line, forgetting the oldest beyond the limit. */
export function addLogLine(log: readonly LogLine[], level: LogLine['level'], text: string, atMs: number): readonly LogLine[] {
  const line = { id: (log.at(-1)?.id ?? 0) + 1, atMs, level, text };
  return [...log.slice(-(LOG_LIMIT - 1)), line];
}

export function findModule(modules: readonly ModuleInfo[], path: Path): ModuleInfo | undefined {
  const key = JSON.stringify(path);
  return modules.find((module) => JSON.stringify(module.path) === key || module.alsoAt.some((other) => JSON.stringify(other) === key));
}

/** The modes of a Module that differ from what a fresh one would have are told by name and value. */
export function findAttribute(module: ModuleInfo, name: string): AttributeValue | undefined {
  return module.attributes.find((attribute) => attribute.name === name)?.value;
}
