/** @file The public names of running: the types of the conversation between window and worker, and reading data. */
export { compareOutputs, TOLERANCE } from './compare.ts';
export type { RecordedModel } from './record-model.ts';
export { isModeName } from '../nnx/modes.ts';
export { problemOf } from './problem.ts';
export { isNotFinite, overAll } from './summary.ts';
export { weightsText } from './weights-text.ts';
export { changeText, type Change, type Intervention } from './interventions.ts';
export { isInterim } from './protocol.ts';
export { placeKey } from './place.ts';
export { WATCHES } from './watches.gen.ts';
export { type WatchDescriptor, WATCHED_PARTS, type WatchedPart } from './watches/define.ts';
export type { WatchHit, WatchSpec } from './watching.ts';
export type { Difference, RowRange, RunRecord } from './records.ts';
export type {
  Answer,
  Assets,
  BackendName,
  CapturedResult,
  InsideResult,
  MetricPoint,
  ModuleInfo,
  NamedSummary,
  Request,
  RequestId,
  RunProblem,
  RunResult,
  Statistics,
  StepSpread,
  Summary,
  TensorData,
  TensorPart,
  ValueKey,
  WeightsOrigin,
  VariableInfo,
  VariableResult,
  WireResult,
} from './protocol.ts';
