/** @file Everything that is wrong or doubtful, from the document, the build and the latest run, in one list. */
import {
  kindOfProblem,
  type Fix,
  type NodeId,
  type Path,
  type Place,
  type Problem,
  type ProblemKind,
} from '../../../core/document/index.ts';
import type { RunProblem } from '../../../core/run/index.ts';
import type { RunsState } from '../../state/runs/store.ts';

export interface ListedProblem {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  /** How it is shown. */
  readonly kind: ProblemKind;
  /** Where it was found. */
  readonly source: 'model' | 'build' | 'run';
  readonly message: string;
  /** The next move. */
  readonly fix: string;
  /** Moves of one click. */
  readonly fixes: readonly Fix[];
  /** What a click leads to. */
  readonly place: Place | null;
  readonly path: Path | null;
  readonly node: NodeId | null;
}

/** Errors first; a build that fails for reasons the check names already is not told twice. */
export function listProblems(
  checked: readonly Problem[],
  { buildProblem, problem, warnings }: Pick<RunsState, 'buildProblem' | 'problem' | 'warnings'>,
): readonly ListedProblem[] {
  const hasErrors = checked.some((each) => each.severity === 'error');
  const listed = [
    ...checked.map(fromCheck),
    ...(buildProblem && !hasErrors ? [fromRun(buildProblem, 'error', 'build')] : []),
    // A run that the check has said would fail fails of that.
    ...(problem && !checked.some((each) => isSameFault(each, problem)) ? [fromRun(problem, 'error', 'run')] : []),
    ...warnings.map((warning) => fromRun(warning, 'warning', 'run')),
  ];
  const unique = new Map(listed.map((each) => [each.key, each]));
  return [...unique.values()].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

/** A run tells of a fault of the model in the words of the check, or in more. */
function isSameFault({ severity, code, message }: Problem, problem: RunProblem): boolean {
  return severity === 'error' && (code === problem.code || problem.message.includes(message));
}

/** The colour of their count: that of the worst, none where all is only unfinished. */
export function toneOf(problems: readonly ListedProblem[]): 'danger' | 'warning' | undefined {
  if (problems.some(({ kind }) => kind === 'error')) return 'danger';
  return problems.some(({ kind }) => kind === 'warning') ? 'warning' : undefined;
}

const NO_FIXES: readonly Fix[] = [];

function fromCheck(problem: Problem): ListedProblem {
  const { severity, code, place, message, fix, fixes = NO_FIXES } = problem;
  const kind = kindOfProblem(problem);
  const key = JSON.stringify(['model', code, place, message]);
  return { key, severity, kind, source: 'model', message, fix, fixes, place, path: null, node: null };
}

function fromRun({ code, message, hint, path, node }: RunProblem, severity: 'error' | 'warning', source: 'build' | 'run'): ListedProblem {
  const key = JSON.stringify([source, code, path, node, message]);
  return {
    key,
    severity,
    kind: severity,
    source,
    message,
    fix: hint,
    fixes: NO_FIXES,
    place: null,
    path: path ?? null,
    node: node ?? null,
  };
}
