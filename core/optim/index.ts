/** @file The public names of the optimisers. */
export { adagrad, type AdagradOptions } from './adagrad.ts';
export { adam } from './adam.ts';
export { adamw, type AdamwOptions } from './adamw.ts';
export { addDecayedWeights, type DecayMask } from './add-decayed-weights.ts';
export { chain } from './chain.ts';
export { clipByGlobalNorm } from './clip-by-global-norm.ts';
export { defineOptimizer, defineSchedule, defineTransformation } from './define.ts';
export type {
  GradientTransformation,
  LearningRate,
  OptimizerDescriptor,
  RuleState,
  Schedule,
  ScheduleDescriptor,
  TransformationDescriptor,
  Updates,
} from './define.ts';
export { OptArray, OptState, OptVariable, type Parameter, type ParameterStates } from './opt-state.ts';
export { optimizers, schedules, transformations } from './list.ts';
export { Optimizer, type OptimizerOptions } from './optimizer.ts';
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
export { emitRule, makeRule, type RuleSettings, sharedParams } from './settings.ts';
export { sgd, type SgdOptions } from './sgd.ts';
export { trace } from './trace.ts';
