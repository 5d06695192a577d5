/** @file What is wrong in a document, as data: where, what was expected, what came, and the next move. */
import type { ClassId, MemberId, NodeId, WireId } from './schema.ts';

/** Ids are those of the document; `param`, `field` and `input` are names. */
export interface Place {
  readonly class?: ClassId;
  readonly node?: NodeId;
  readonly port?: string;
  readonly wire?: WireId;
  readonly member?: MemberId;
  readonly param?: string;
  readonly field?: string;
  readonly probe?: string;
  readonly setting?: string;
  readonly view?: string;
}

export interface Problem {
  /** An error stops a run; a warning is something that Flax would do without a word. */
  readonly severity: 'error' | 'warning';
  /** Stable: 'wire/nowhere', 'shape/last-axis' … */
  readonly code: string;
  readonly place: Place;
  /** The whole sentence for a list: names the thing, what was expected and what came. */
  readonly message: string;
  readonly expected: string;
  readonly got: string;
  /** The next move, as an instruction. */
  readonly fix: string;
}

/** Why a text could not be opened as a document. Nothing was changed. */
export interface Refusal {
  readonly code: 'json' | 'size' | 'format' | 'version' | 'shape' | 'id';
  /** Where in the text: `line 3, column 5`, or `classes.block.wires.w3.to`. */
  readonly at: string;
  readonly message: string;
  readonly expected: string;
  readonly got: string;
  readonly fix: string;
}

/** Makes a refusal whose message reads `at: expected …, got …. fix`. */
export function refusal(code: Refusal['code'], at: string, expected: string, got: string, fix: string): Refusal {
  return { code, at, expected, got, fix, message: `${at}: expected ${expected}, got ${got}. ${fix}` };
}

/** Makes a problem whose message reads `subject: expected …, got ….` */
export function problem(
  code: string,
  place: Place,
  subject: string,
  words: { readonly expected: string; readonly got: string; readonly fix: string },
  severity: Problem['severity'] = 'error',
): Problem {
  return { severity, code, place, ...words, message: `${subject}: expected ${words.expected}, got ${words.got}.` };
}

/** What an error says, for a message around it. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
