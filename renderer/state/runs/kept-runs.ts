/** @file The runs that are kept in the window: what comes, goes and is looked at. Pure. */
import type { RequestId } from '../../../core/run/index.ts';
import type { KeptResult, RunsState } from './store.ts';

/** So many are kept, and so many of their places together; those that are pinned beside them. */
export const MOST_RUNS = 60;
export const MOST_PLACES = 200_000;

type Runs = Pick<RunsState, 'runs' | 'result' | 'compareWith'>;

function placesOf({ result }: KeptResult): number {
  return result.wires.length + result.insides.length + result.variables.length;
}

/** With what is looked at among them: what is gone is looked at no more, and nothing is compared with itself. */
function withRuns({ result, compareWith }: Runs, runs: readonly KeptResult[]): Runs {
  const shown = runs.find(({ record }) => record.id === result?.record.id) ?? runs[0] ?? null;
  const isCompared = compareWith !== shown?.record.id && runs.some(({ record }) => record.id === compareWith);
  return { runs, result: shown, compareWith: isCompared ? compareWith : null };
}

/** A new run is looked at at once. Gives the runs that are kept no longer, too. */
export function addRun(state: Runs, added: KeptResult): { readonly state: Runs; readonly forgotten: readonly RequestId[] } {
  let [count, places] = [0, 0];
  const runs = [added, ...state.runs].filter((run) => {
    if (run.isPinned || run.record.id === state.compareWith) return true;
    count++;
    places += placesOf(run);
    return run === added || (count <= MOST_RUNS && places <= MOST_PLACES);
  });
  const forgotten = state.runs.filter((run) => !runs.includes(run)).map(({ record }) => record.id);
  return { state: withRuns({ ...state, result: added }, runs), forgotten };
}

export function changeRuns(state: Runs, ids: readonly RequestId[], change: Partial<KeptResult>): Runs {
  return withRuns(
    state,
    state.runs.map((run) => (ids.includes(run.record.id) ? { ...run, ...change } : run)),
  );
}

export function removeRun(state: Runs, id: RequestId): Runs {
  return withRuns(
    state,
    state.runs.filter(({ record }) => record.id !== id),
  );
}

/** Looks at one of the runs. The one that it was compared with, if it is that, is compared with what was looked at before. */
export function showRun(state: Runs, id: RequestId): Runs {
  const run = state.runs.find(({ record }) => record.id === id);
  if (!run) return state;
  const compareWith = state.compareWith === id ? (state.result?.record.id ?? null) : state.compareWith;
  return withRuns({ ...state, result: run, compareWith }, state.runs);
}

export function compareRuns(state: Runs, id: RequestId | null): Runs {
  return withRuns({ ...state, compareWith: id }, state.runs);
}

/** The run that the one which is looked at is compared with. */
export function comparedRun({ runs, compareWith }: Pick<Runs, 'runs' | 'compareWith'>): KeptResult | undefined {
  return compareWith === null ? undefined : runs.find(({ record }) => record.id === compareWith);
}

/** The name of a run for whoever tells of it; of one that is kept no longer that it was. */
export function nameOfRun(runs: readonly KeptResult[], id: number): string {
  return runs.find(({ record }) => record.id === id)?.name ?? 'a run that was forgotten';
}

/** The run before this one that was on the same rows. */
export function lastOnSameInput(runs: readonly KeptResult[], run: KeptResult): KeptResult | undefined {
  return runs.find(({ record }) => record.id < run.record.id && record.input === run.record.input);
}
