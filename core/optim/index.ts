/** @file The optimisers and schedules, listed by hand, for the run form, the emitters and the worker. */
import { adagradOptimizer } from './adagrad.ts';
import { adamOptimizer } from './adam.ts';
import { adamwOptimizer } from './adamw.ts';
import { clipByGlobalNormTransformation } from './clip-by-global-norm.ts';
import type { OptimizerDescriptor, ScheduleDescriptor, TransformationDescriptor } from './define.ts';
import { rmspropOptimizer } from './rmsprop.ts';
import { constantScheduleDescriptor } from './schedules/constant-schedule.ts';
import { cosineDecayScheduleDescriptor } from './schedules/cosine-decay-schedule.ts';
import { exponentialDecayDescriptor } from './schedules/exponential-decay.ts';
import { linearScheduleDescriptor } from './schedules/linear-schedule.ts';
import { piecewiseConstantScheduleDescriptor } from './schedules/piecewise-constant-schedule.ts';
import { polynomialScheduleDescriptor } from './schedules/polynomial-schedule.ts';
import { warmupCosineDecayScheduleDescriptor } from './schedules/warmup-cosine-decay-schedule.ts';
import { sgdOptimizer } from './sgd.ts';

export { adagrad, type AdagradOptions } from './adagrad.ts';
export { adam } from './adam.ts';
export { adamw, type AdamwOptions } from './adamw.ts';
export { addDecayedWeights } from './add-decayed-weights.ts';
export { chain } from './chain.ts';
export { clipByGlobalNorm } from './clip-by-global-norm.ts';
export { defineOptimizer, defineSchedule, defineTransformation } from './define.ts';
export type {
  GradientTransformation,
  LearningRate,
  OptimizerDescriptor,
  Schedule,
  ScheduleDescriptor,
  TransformationDescriptor,
  Transformer,
  Updates,
} from './define.ts';
export { OptState } from './opt-state.ts';
export { Optimizer } from './optimizer.ts';
export { rmsprop, type RmspropOptions } from './rmsprop.ts';
export { scaleByAdam, type AdamOptions } from './scale-by-adam.ts';
export { scaleByLearningRate } from './scale-by-learning-rate.ts';
export { constantSchedule } from './schedules/constant-schedule.ts';
export { cosineDecaySchedule, type CosineDecayOptions } from './schedules/cosine-decay-schedule.ts';
export { exponentialDecay, type ExponentialDecayOptions } from './schedules/exponential-decay.ts';
export { linearSchedule } from './schedules/linear-schedule.ts';
export { piecewiseConstantSchedule } from './schedules/piecewise-constant-schedule.ts';
export { polynomialSchedule, type PolynomialScheduleOptions } from './schedules/polynomial-schedule.ts';
export { warmupCosineDecaySchedule, type WarmupCosineDecayOptions } from './schedules/warmup-cosine-decay-schedule.ts';
export { sgd, type SgdOptions } from './sgd.ts';
export { trace } from './trace.ts';

/** By type, in the order of the run form. */
export const optimizers: Readonly<Record<string, OptimizerDescriptor>> = {
  sgd: sgdOptimizer,
  adam: adamOptimizer,
  adamw: adamwOptimizer,
  rmsprop: rmspropOptimizer,
  adagrad: adagradOptimizer,
};

export const schedules: Readonly<Record<string, ScheduleDescriptor>> = {
  constantSchedule: constantScheduleDescriptor,
  linearSchedule: linearScheduleDescriptor,
  polynomialSchedule: polynomialScheduleDescriptor,
  exponentialDecay: exponentialDecayDescriptor,
  cosineDecaySchedule: cosineDecayScheduleDescriptor,
  warmupCosineDecaySchedule: warmupCosineDecayScheduleDescriptor,
  piecewiseConstantSchedule: piecewiseConstantScheduleDescriptor,
};

/** Rules that may stand in front of an optimiser. */
export const transformations: Readonly<Record<string, TransformationDescriptor>> = {
  clipByGlobalNorm: clipByGlobalNormTransformation,
};
