/**
 * @file Whether the worker still speaks during a job. It says `alive` every second, but not within one long operation: silence alone is told, and
 * whether to wait or to stop is left to the user, since a new worker has lost what the old one had trained.
 */
import type { RunProblem } from '../../../core/run/index.ts';

export const SILENCE_LIMIT_MS = 10_000;
/** Nothing that is still at work is silent for so long. */
export const DEAD_LIMIT_MS = 60_000;

const SILENT: RunProblem = {
  code: 'worker/silent',
  message: `The worker has said nothing for ${SILENCE_LIMIT_MS / 1000} s: one operation takes long, or the worker hangs.`,
  hint: 'Wait, or press Stop: a new worker is started then, and has what was saved of the training last.',
};

export interface SilenceWatch {
  start(): void;
  heard(): void;
  end(): void;
}

interface SilenceEvents {
  onSilent(problem: RunProblem): void;
  /** The worker speaks again, or its job is over: the problem is none any more. */
  onHeard(problem: RunProblem): void;
  /** It will not speak again. */
  onDead(): void;
}

export function createSilenceWatch({ onSilent, onHeard, onDead }: SilenceEvents): SilenceWatch {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let isSilent = false;

  function end(): void {
    clearTimeout(timer);
    clearTimeout(deadline);
    timer = undefined;
    if (isSilent) onHeard(SILENT);
    isSilent = false;
  }

  function start(): void {
    end();
    timer = setTimeout(() => {
      isSilent = true;
      onSilent(SILENT);
    }, SILENCE_LIMIT_MS);
    deadline = setTimeout(onDead, DEAD_LIMIT_MS);
  }

  return { start, heard: start, end };
}
