/** @file Keeps the live module tree and the matches of the filter up to date: debounced, the latest document wins. */
import type { ModelDocument, PathFilter } from '../../../core/document/index.ts';
import { createLatest } from './latest.ts';
import type { Requests } from './requests.ts';
import type { RunsStore } from './store.ts';

export const DESCRIBE_DELAY_MS = 150;
/** What a request is answered with whose worker was replaced on purpose. */
export const REPLACED_CODE = 'worker/stopped';

export interface Follower {
  describe(document: ModelDocument): void;
  /** Null clears the matches. */
  match(document: ModelDocument, filter: { readonly only: PathFilter; readonly text: string } | null): void;
  /** The document that was asked for last: the one that the tree shows, or will. */
  readonly present: () => ModelDocument | undefined;
  /** Nothing that was asked for counts any more. */
  forget(): void;
}

export function createFollower(requests: Requests, { getState, setState }: RunsStore): Follower {
  let present: ModelDocument | undefined;
  let lastBuilt: ModelDocument | undefined;

  const describing = createLatest<ModelDocument>(DESCRIBE_DELAY_MS, async (document, isLatest) => {
    const answer = await requests.send({ kind: 'describe', document }).answer;
    if (!isLatest()) return;
    if (answer.kind === 'described') {
      // The engine has started, and would have warned of the CPU before.
      const backend = getState().backend ?? 'webgl';
      lastBuilt = document;
      setState({ modules: answer.modules, buildProblem: answer.problem, isTreeOutdated: false, backend });
    } else if (answer.kind === 'failed' && answer.problem.code === REPLACED_CODE) describing.schedule(document);
    else if (answer.kind === 'failed') setState({ buildProblem: answer.problem, isTreeOutdated: true });
  });

  const matching = createLatest<{ document: ModelDocument; only: PathFilter; text: string }>(
    DESCRIBE_DELAY_MS,
    async ({ document, only, text }, isLatest) => {
      let answer = await requests.send({ kind: 'match', document, only }).answer;
      // While the document cannot be built, the last one that could is what is shown.
      if (answer.kind === 'failed' && lastBuilt) answer = await requests.send({ kind: 'match', document: lastBuilt, only }).answer;
      if (!isLatest()) return;
      if (answer.kind === 'matched') setState({ match: { text, paths: answer.paths, attributes: answer.attributes } });
      else if (answer.kind === 'failed') setState({ match: null });
    },
  );

  return {
    describe(document) {
      present = document;
      describing.schedule(document);
    },
    match(document, filter) {
      if (filter) return matching.schedule({ document, ...filter });
      matching.cancel();
      setState({ match: null });
    },
    present: () => present,
    forget() {
      describing.cancel();
      matching.cancel();
      present = undefined;
      lastBuilt = undefined;
    },
  };
}
