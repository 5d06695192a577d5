/** @file What the diagnoses found, in React. */
import { useMemo } from 'react';
import { moduleCalledBy } from '../state/derived/module-called.ts';
import { type FoundInRun, foundInRun, NOTHING_FOUND } from '../state/runs/found-in-run.ts';
import { useHashFor } from './derived.ts';
import { useDocument } from './document.ts';
import { useRuns } from './runs.ts';

/** What was found in the last run that was diagnosed, by its places; nothing once the document is another than the one that was run. */
export function useFoundInRun(): FoundInRun {
  const diagnosis = useRuns((state) => state.diagnosis);
  const isOfThis = useHashFor(diagnosis) === diagnosis?.hash;
  // Of one that says nothing the document is not looked at.
  const document = useDocument((present) => (isOfThis && diagnosis && diagnosis.report.diagnoses.length > 0 ? present : null));
  return useMemo(
    () =>
      document && diagnosis
        ? foundInRun(diagnosis.report.diagnoses, (instance, node) => moduleCalledBy(document, instance, node))
        : NOTHING_FOUND,
    [document, diagnosis],
  );
}
