/** @file Problems of documents and of runs, alike for whoever reads the output. */
import type { Problem, Refusal } from '../core/document/index.ts';
import type { RunProblem } from '../core/run/index.ts';

export interface Reported {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** Ids of the document; of a run the path of the Module and the node, of a file that is no document the place in the text. */
  readonly place: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly fix: string;
}

export function reportProblem({ code, severity, place, message, fix }: Problem): Reported {
  return { code, severity, place: { ...place }, message, fix };
}

export function reportRefusal({ code, at, message, fix }: Refusal): Reported {
  return { code: `file/${code}`, severity: 'error', place: { at }, message, fix };
}

export function reportRun({ code, message, hint, path, node }: RunProblem, severity: Reported['severity']): Reported {
  return { code, severity, place: { ...(path ? { path } : {}), ...(node === undefined ? {} : { node }) }, message, fix: hint };
}

/** One line each, errors first in the order that they have. */
export function formatProblems(problems: readonly Reported[]): string {
  return problems.map(({ severity, code, message, fix }) => `${severity}: ${message} ${fix} [${code}]\n`).join('');
}

export function hasErrors(problems: readonly Reported[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
