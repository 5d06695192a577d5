/** @file What a diagnosis says, as plain data: it crosses from the worker to the window, and from the terminal to whoever reads it. */
import type { JsonValue, NodeId, Path } from '../document/schema.ts';

/** An error makes the numbers useless; a warning is very likely a fault; a note is worth knowing, and often meant. */
export type Severity = 'error' | 'warning' | 'note';

/** Numbers and names behind a verdict. */
export type Evidence = Readonly<Record<string, JsonValue>>;

/** A change that mends what was found, as data: `core/diagnose/mends.ts` makes an edit of the document of it. */
export type Mend =
  /** Arguments of the member that a node calls, or of an op: undefined takes the default again. */
  | { readonly kind: 'arguments'; readonly label: string; readonly args: Readonly<Record<string, JsonValue>> }
  /** Of the run: batch size, steps. */
  | { readonly kind: 'run'; readonly label: string; readonly run: Readonly<Partial<Record<'batchSize' | 'steps', number>>> }
  | {
      readonly kind: 'typed';
      readonly label: string;
      readonly of: 'source' | 'optimizer' | 'loss';
      readonly args: Readonly<Record<string, JsonValue>>;
    }
  | { readonly kind: 'removeProbe'; readonly label: string; readonly probe: string }
  | { readonly kind: 'removeSetting'; readonly label: string; readonly setting: string };

export interface Diagnosed {
  /** `activation/dead` … */
  readonly code: string;
  readonly severity: Severity;
  /** The Module at fault where there is no node, else the instance of the class in whose graph the node is: empty for the root. */
  readonly path: Path;
  readonly node: NodeId | null;
  /** What was found, with what was looked at. */
  readonly message: string;
  readonly evidence: Evidence;
  /** The next move, as an instruction. */
  readonly fix: string;
  readonly mends: readonly Mend[];
}

/** What one diagnosis looked at, also where it found nothing. */
export interface Checked {
  readonly code: string;
  /** What is counted: `activations`. */
  readonly what: string;
  readonly checked: number;
  readonly notChecked: number;
  readonly found: number;
  /** Why nothing, or not everything, could be checked; null where all was. */
  readonly why: string | null;
}

export interface DiagnosisReport {
  /** Errors first, causes before what follows from them. */
  readonly diagnoses: readonly Diagnosed[];
  readonly checked: readonly Checked[];
}
