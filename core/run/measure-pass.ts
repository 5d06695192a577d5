/** @file The numbers of a pass: loss, share of right rows and statistics of every value, all in one read-back. */
import { disposePass, type Pass } from './pass.ts';
import { type PassDraft, withStatistics } from './pass-result.ts';
import type { RunValues } from './values.ts';

export interface MeasuredPass {
  readonly loss: number;
  /** Null where the loss is not one of classes; NaN where the loss is none. */
  readonly accuracy: number | null;
  readonly measured: ReturnType<typeof withStatistics>;
}

/** Of a pass whose tensors `values` have taken over; frees what is left of it. `labels` is how many rows have a class. */
export async function measurePass(pass: Pass, draft: PassDraft, values: RunValues, labels: number): Promise<MeasuredPass> {
  try {
    const { statistics, beside } = await values.measure([pass.loss, ...(pass.correct ? [pass.correct] : [])]);
    const [[loss = NaN] = [], [correct = NaN] = []] = beside;
    // The greatest of scores that are none says nothing.
    const accuracy = pass.correct && (Number.isNaN(loss) ? NaN : correct / labels);
    return { loss, accuracy, measured: withStatistics(draft, statistics) };
  } finally {
    disposePass({ loss: pass.loss, correct: pass.correct, states: pass.states });
  }
}
