/** @file Every diagnosis. Written by `npm run registry` from the names of files; never edited by hand. */
import type { Diagnosis } from './define.ts';
import { accuracyIsMajorityShareDiagnosis } from './diagnoses/accuracy-is-majority-share.ts';
import { activationDeadDiagnosis } from './diagnoses/activation-dead.ts';
import { activationSaturatedDiagnosis } from './diagnoses/activation-saturated.ts';
import { dataIdOutOfRangeDiagnosis } from './diagnoses/data-id-out-of-range.ts';
import { dataImbalancedDiagnosis } from './diagnoses/data-imbalanced.ts';
import { dataLabelOutOfRangeDiagnosis } from './diagnoses/data-label-out-of-range.ts';
import { dataUnscaledDiagnosis } from './diagnoses/data-unscaled.ts';
import { dropoutDropsAllDiagnosis } from './diagnoses/dropout-drops-all.ts';
import { gradientExplodingDiagnosis } from './diagnoses/gradient-exploding.ts';
import { gradientNonFiniteFirstDiagnosis } from './diagnoses/gradient-non-finite-first.ts';
import { gradientVanishingDiagnosis } from './diagnoses/gradient-vanishing.ts';
import { gradientZeroDiagnosis } from './diagnoses/gradient-zero.ts';
import { initialLossUnexpectedDiagnosis } from './diagnoses/initial-loss-unexpected.ts';
import { lossDivergingDiagnosis } from './diagnoses/loss-diverging.ts';
import { lossStuckDiagnosis } from './diagnoses/loss-stuck.ts';
import { modeEvalInTrainingDiagnosis } from './diagnoses/mode-eval-in-training.ts';
import { modeTrainInEvaluationDiagnosis } from './diagnoses/mode-train-in-evaluation.ts';
import { normBatchOfOneDiagnosis } from './diagnoses/norm-batch-of-one.ts';
import { normCancellationDiagnosis } from './diagnoses/norm-cancellation.ts';
import { outputIgnoredByLossDiagnosis } from './diagnoses/output-ignored-by-loss.ts';
import { parameterUnusedDiagnosis } from './diagnoses/parameter-unused.ts';
import { perturbationSumOfCallsDiagnosis } from './diagnoses/perturbation-sum-of-calls.ts';
import { perturbationUnusedDiagnosis } from './diagnoses/perturbation-unused.ts';
import { scheduleDoesNotFitDiagnosis } from './diagnoses/schedule-does-not-fit.ts';
import { sowNotCapturedDiagnosis } from './diagnoses/sow-not-captured.ts';
import { updateTooLargeDiagnosis } from './diagnoses/update-too-large.ts';
import { updateTooSmallDiagnosis } from './diagnoses/update-too-small.ts';
import { valueNonFiniteFirstDiagnosis } from './diagnoses/value-non-finite-first.ts';

export const DIAGNOSES: readonly Diagnosis[] = [
  accuracyIsMajorityShareDiagnosis,
  activationDeadDiagnosis,
  activationSaturatedDiagnosis,
  dataIdOutOfRangeDiagnosis,
  dataImbalancedDiagnosis,
  dataLabelOutOfRangeDiagnosis,
  dataUnscaledDiagnosis,
  dropoutDropsAllDiagnosis,
  gradientExplodingDiagnosis,
  gradientNonFiniteFirstDiagnosis,
  gradientVanishingDiagnosis,
  gradientZeroDiagnosis,
  initialLossUnexpectedDiagnosis,
  lossDivergingDiagnosis,
  lossStuckDiagnosis,
  modeEvalInTrainingDiagnosis,
  modeTrainInEvaluationDiagnosis,
  normBatchOfOneDiagnosis,
  normCancellationDiagnosis,
  outputIgnoredByLossDiagnosis,
  parameterUnusedDiagnosis,
  perturbationSumOfCallsDiagnosis,
  perturbationUnusedDiagnosis,
  scheduleDoesNotFitDiagnosis,
  sowNotCapturedDiagnosis,
  updateTooLargeDiagnosis,
  updateTooSmallDiagnosis,
  valueNonFiniteFirstDiagnosis,
];
