/** @file The optimisers and schedules, listed by hand. */
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
