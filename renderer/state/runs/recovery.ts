/** @file What a worker had trained outlives it: its last saved state is given to the next one. */
import type { ModelDocument } from '../../../core/document/index.ts';
import type { Requests } from './requests.ts';
import type { RunLog } from './run-log.ts';
import type { RunsStore } from './store.ts';

export interface SavedTraining {
  readonly document: ModelDocument;
  readonly step: number;
  readonly bytes: Uint8Array;
}

export interface Recovery {
  keep(saved: SavedTraining): void;
  /** Nothing was trained that counts. */
  forget(): void;
  readonly saved: () => SavedTraining | undefined;
  /** Gives a new worker what was saved last. False: nothing was, or it cannot be taken up. */
  restore(): Promise<boolean>;
}

export function createRecovery(requests: Requests, { getState, setState }: RunsStore, log: RunLog): Recovery {
  let saved: SavedTraining | undefined;
  let isRestoring = false;
  return {
    keep: (next) => (saved = next),
    forget: () => (saved = undefined),
    saved: () => saved,
    async restore() {
      const taken = saved;
      if (!taken || isRestoring) return false;
      isRestoring = true;
      const final = await requests.send({ kind: 'restore', document: taken.document, bytes: taken.bytes }).answer;
      isRestoring = false;
      if (final.kind !== 'restored') {
        if (saved === taken) saved = undefined;
        return false;
      }
      const { training, weightsVersion } = getState();
      if (training) {
        const points = training.course.points.filter(({ step }) => step <= taken.step);
        setState({
          weightsVersion: weightsVersion + 1,
          training: {
            ...training,
            step: taken.step,
            canContinue: true,
            hit: null,
            kept: { steps: [taken.step], bytes: 0, problem: null },
            course: { ...training.course, points },
          },
        });
      }
      log.line('warning', `A new worker has the training as it stood after step ${taken.step}, the last that was saved.`);
      return true;
    },
  };
}
