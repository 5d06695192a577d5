/** @file Every diagnosis. Written by `npm run registry` from the names of files; never edited by hand. */
import type { Diagnosis } from './define.ts';
import { activationDeadDiagnosis } from './diagnoses/activation-dead.ts';
import { dataIdOutOfRangeDiagnosis } from './diagnoses/data-id-out-of-range.ts';
import { dataLabelOutOfRangeDiagnosis } from './diagnoses/data-label-out-of-range.ts';
import { gradientNonFiniteFirstDiagnosis } from './diagnoses/gradient-non-finite-first.ts';
import { normBatchOfOneDiagnosis } from './diagnoses/norm-batch-of-one.ts';
import { perturbationSumOfCallsDiagnosis } from './diagnoses/perturbation-sum-of-calls.ts';
import { perturbationUnusedDiagnosis } from './diagnoses/perturbation-unused.ts';
import { valueNonFiniteFirstDiagnosis } from './diagnoses/value-non-finite-first.ts';

export const DIAGNOSES: readonly Diagnosis[] = [
  activationDeadDiagnosis,
  dataIdOutOfRangeDiagnosis,
  dataLabelOutOfRangeDiagnosis,
  gradientNonFiniteFirstDiagnosis,
  normBatchOfOneDiagnosis,
  perturbationSumOfCallsDiagnosis,
  perturbationUnusedDiagnosis,
  valueNonFiniteFirstDiagnosis,
];
