/** @file The descriptor of a diagnosis. A new diagnosis is one new file in `core/diagnose/diagnoses`. */
import type { NodeId, Path } from '../document/schema.ts';
import type { Evidence, Mend, Severity } from './report.ts';
import type { Seen } from './seen.ts';

/** Something found, before the words on what was checked are put behind it. */
export interface Found {
  readonly severity: Severity;
  readonly path: Path;
  readonly node?: NodeId | null;
  /** One or more sentences: what was found, named as a person names it. */
  readonly message: string;
  readonly evidence: Evidence;
  /** An instruction. */
  readonly fix: string;
  readonly mends?: readonly Mend[];
}

export interface Look {
  readonly found: readonly Found[];
  readonly checked: number;
  readonly notChecked?: number;
  /** Why nothing, or not everything, could be checked. */
  readonly why?: string;
}

export interface Diagnosis {
  readonly code: string;
  /** What it finds, in a sentence: for lists and help. Says its thresholds and where they are from. */
  readonly doc: string;
  /** The plural of what it looks at: `activations`. */
  readonly what: string;
  /** `first` names one thing, the first in the order in which things run. */
  readonly order?: 'first';
  readonly look: (seen: Seen) => Look | Promise<Look>;
}

export function defineDiagnosis(diagnosis: Diagnosis): Diagnosis {
  return diagnosis;
}

/** Where there is nothing to look at. */
export function notChecked(why: string, count = 0): Look {
  return { found: [], checked: 0, notChecked: count, why };
}
