/** @file What is wrong in a document, as data: where, what was expected, what came, and the next move. */
import type { ClassId, MemberId, ModelDocument, NodeId, Path, WireId } from './schema.ts';

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
  /** The Module in which it arises, where a class is used more than once: `blocks[2]`. */
  readonly instance?: Path;
}

export interface Problem {
  /** An error stops a run; a warning is something that Flax would do without a word. */
  readonly severity: 'error' | 'warning';
  /** Stable: 'wire/nowhere', 'shape/last-axis' … */
  readonly code: string;
  readonly scope: ProblemScope;
  readonly place: Place;
  /** The whole sentence for a list: names the thing, what was expected and what came. */
  readonly message: string;
  readonly expected: string;
  readonly got: string;
  /** The next move, as an instruction. */
  readonly fix: string;
  /** Moves that are one edit each, the likeliest first; absent where there is none. */
  readonly fixes?: readonly Fix[];
}

/** A way to mend a problem: what a button says, and the edit of the document in which the problem was found, or of a later one. */
export interface Fix {
  /** "Infer inFeatures". Also the label of the undoable step. */
  readonly label: string;
  /** Pure. @throws EditError where what it would change is there no more */
  readonly edit: (document: ModelDocument) => ModelDocument;
}

/**
 * What a problem stands in the way of: the graph (nothing can be built or written of that class), the settings and views, the names in
 * code, or the run (data, loss, optimizer) alone.
 */
export type ProblemScope = 'graph' | 'settings' | 'names' | 'run';

/** By the family of the code, the part before the slash; all other families concern the graph. */
const SCOPES: ReadonlyMap<string, ProblemScope> = new Map([
  ['data', 'run'],
  ['loss', 'run'],
  ['source', 'run'],
  ['optimizer', 'run'],
  ['trained', 'run'],
  ['setting', 'settings'],
  ['filter', 'settings'],
  ['view', 'settings'],
  ['name', 'names'],
]);

/** What a problem with this code stands in the way of. */
export function scopeOf(code: string): ProblemScope {
  if (code === 'input/no-shape') return 'run'; // shapes may still come from the data
  return SCOPES.get(code.split('/', 1)[0]!) ?? 'graph';
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

const MAX_LETTERS = 240;

/** A text that came from outside, short enough for a message: a file of megabytes must not be repeated in it. */
export function shorten(text: string, limit = MAX_LETTERS): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 20).trimEnd()}… (${text.length} letters)`;
}

/** The same in double quotes. */
export function quoted(text: string): string {
  return `"${shorten(text, 80)}"`;
}

/** Makes a refusal whose message reads `at: expected …, got …. fix`. */
export function refusal(code: Refusal['code'], at: string, expected: string, got: string, fix: string): Refusal {
  const [place, came] = [shorten(at), shorten(got)];
  return { code, at: place, expected, got: came, fix, message: `${place}: expected ${expected}, got ${came}. ${fix}` };
}

/** Makes a problem whose message reads `subject: expected …, got ….` */
export function problem(
  code: string,
  place: Place,
  subject: string,
  words: { readonly expected: string; readonly got: string; readonly fix: string; readonly fixes?: readonly Fix[] },
  severity: Problem['severity'] = 'error',
): Problem {
  const [expected, got, fix] = [shorten(words.expected), shorten(words.got), shorten(words.fix)];
  const message = `${shorten(subject, 100)}: expected ${expected}, got ${got}.`;
  const fixes = words.fixes && words.fixes.length > 0 ? { fixes: words.fixes } : {};
  return { severity, code, scope: scopeOf(code), place, expected, got, fix, message, ...fixes };
}

/** How a problem is shown: what is only not there yet is no fault, whether it stops a run or not. */
export type ProblemKind = Problem['severity'] | 'unfinished';

const UNFINISHED: ReadonlySet<string> = new Set(['input/unconnected', 'node/unused', 'member/unused', 'field/missing', 'param/missing']);

export function kindOfProblem({ severity, code }: Pick<Problem, 'severity' | 'code'>): ProblemKind {
  return UNFINISHED.has(code) ? 'unfinished' : severity;
}

/** The whole of it in one sentence and the next move, where the subject is plain from the place. */
export function problemText({ expected, got, fix }: Pick<Problem, 'expected' | 'got' | 'fix'>): string {
  return `Expected ${expected}, got ${got}. ${fix}`;
}

/** What an error says, for a message around it. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
