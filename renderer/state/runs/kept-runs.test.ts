import { describe, expect, it } from 'vitest';
import type { RunRecord, RunResult } from '../../../core/run/index.ts';
import { addRun, changeRuns, compareRuns, MOST_PLACES, MOST_RUNS, removeRun, showRun } from './kept-runs.ts';
import { INITIAL_RUNS, type KeptResult } from './store.ts';

function run(id: number, places = 1): KeptResult {
  const result = { wires: Array.from({ length: places }), insides: [], variables: [] } as unknown as RunResult;
  const record = { id } as unknown as RunRecord;
  return { result, record, name: `Run ${id}`, isPinned: false, hash: '', hasTensors: true, weightsVersion: 0 };
}

const ids = ({ runs }: { readonly runs: readonly KeptResult[] }) => runs.map(({ record }) => record.id);

describe('the runs that are kept', () => {
  it('lose the oldest when there are too many or they are too large, but neither the newest, pinned ones nor the one compared with', () => {
    let state = addRun(INITIAL_RUNS, run(1)).state;
    state = changeRuns(state, [1], { isPinned: true });
    state = compareRuns(addRun(state, run(2)).state, 1);
    state = compareRuns(addRun(state, run(3)).state, 2);
    for (let id = 4; id <= MOST_RUNS + 3; id++) state = addRun(state, run(id)).state;
    expect(ids(state)).toEqual([...Array.from({ length: MOST_RUNS }, (_, i) => MOST_RUNS + 3 - i), 2, 1]);
    const vast = addRun(state, run(100, MOST_PLACES + 1));
    expect(ids(vast.state)).toEqual([100, 2, 1]);
    expect(vast.forgotten).toHaveLength(MOST_RUNS);
  });

  it('are looked at one at a time, and never compared with themselves', () => {
    let state = [1, 2, 3].reduce(
      (before, id) => addRun({ ...INITIAL_RUNS, ...before }, run(id)).state,
      INITIAL_RUNS as Pick<typeof INITIAL_RUNS, 'runs' | 'result' | 'compareWith'>,
    );
    state = compareRuns(state, 3);
    expect(state.compareWith).toBeNull();
    state = compareRuns(state, 1);
    state = removeRun(state, 3);
    expect([ids(state), state.result?.record.id, state.compareWith]).toEqual([[2, 1], 2, 1]);
    state = showRun(state, 1);
    expect([state.result?.record.id, state.compareWith]).toEqual([1, 2]);
    expect(showRun(state, 9)).toBe(state);
    expect(changeRuns(state, [1], { hasTensors: false }).result?.hasTensors).toBe(false);
    expect([removeRun(removeRun(state, 1), 2)]).toEqual([{ runs: [], result: null, compareWith: null }]);
  });
});
