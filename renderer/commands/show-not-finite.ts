/** @file What a run or a training gave that is not finite: its place is opened and selected, unless the user looks at something else. */
import { notFiniteOf } from '../state/runs/not-finite.ts';
import { isBusy } from '../state/runs/store.ts';
import type { Services } from '../state/services.ts';
import { showPath } from './show-place.ts';

/** Starts to watch runs; gives back what ends it. */
export function showNotFinite(services: Services): () => void {
  const { runs, session } = services;
  return runs.subscribe((state, before) => {
    if (isBusy(state) || !isBusy(before)) return;
    const problem = notFiniteOf(state.warnings);
    const { nodes, wires, modules } = session.getState().selection;
    if (problem?.path && nodes.length + wires.length + modules.length === 0) showPath(services, problem.path, problem.node ?? null);
  });
}
