/** @file The two attributes by which Modules train or evaluate: what `train` clears and `eval` sets, and nothing else. */

export const MODE_NAMES = ['deterministic', 'useRunningAverage'] as const;

export function isModeName(name: string): boolean {
  return (MODE_NAMES as readonly string[]).includes(name);
}

/** Both modes: true to evaluate, false to train. */
export function modesFor(isEvaluation: boolean): Readonly<Record<(typeof MODE_NAMES)[number], boolean>> {
  return { deterministic: isEvaluation, useRunningAverage: isEvaluation };
}
