/** @file What was found out about a run, as the editor and the terminal see it. */
export { DIAGNOSES } from './diagnoses.gen.ts';
export { fixesOfDiagnosis } from './mends.ts';
export type { Checked, Diagnosed, DiagnosisReport, Evidence, Mend, Severity } from './report.ts';
