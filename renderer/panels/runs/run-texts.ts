/** @file What a run was on, in the words of a table. Pure. */
import { changeText, type RunRecord } from '../../../core/run/index.ts';
import { nameOfRun } from '../../state/runs/kept-runs.ts';
import type { KeptResult } from '../../state/runs/store.ts';

/** `0, 64 rows`, `2, rows 3 to 6`, `2, row 5`. `whole`: how many rows a batch has. */
export function rowsText({ asStep, ...of }: Pick<RunRecord, 'batch' | 'rows' | 'asStep'>, whole: number): string {
  return asStep === undefined ? partText(of, whole) : `as step ${asStep}: ${partText(of, whole)}`;
}

function partText({ batch, rows }: Pick<RunRecord, 'batch' | 'rows'>, whole: number): string {
  if (rows.count === 1) return `${batch}, row ${rows.from}`;
  if (rows.from === 0 && rows.count >= whole) return `${batch}, ${rows.count} rows`;
  return `${batch}, rows ${rows.from} to ${rows.from + rows.count - 1}`;
}

/** `relu scaled by 2`. `titleOf` names the node of an intervention. */
export function interventionTexts(
  { interventions }: Pick<RunRecord, 'interventions'>,
  runs: readonly KeptResult[],
  titleOf: (intervention: RunRecord['interventions'][number]) => string,
): readonly string[] {
  return interventions.map((each) => `${titleOf(each)} ${changeText(each, (run) => nameOfRun(runs, run))}`);
}
