/** @file Modules that behave differently in training and in evaluation, and in which of the two they are. */
import type { ModuleInfo } from '../../run/protocol.ts';

export interface ModeOf {
  readonly module: ModuleInfo;
  /** `deterministic` or `useRunningAverage`. */
  readonly attribute: string;
  readonly isEvaluation: boolean;
}

/** Only those on which the mode has an effect: a rate of 0 drops nothing in either. */
export function modesOf(modules: readonly ModuleInfo[]): readonly ModeOf[] {
  return modules.flatMap((module) => {
    const value = (name: string) => module.attributes.find((each) => each.name === name)?.value;
    const rates = ['rate', 'dropoutRate'].map(value).filter((rate) => typeof rate === 'number');
    return module.attributes
      .filter(({ name, mode }) => mode && (name === 'useRunningAverage' || (name === 'deterministic' && rates.some((rate) => rate > 0))))
      .map(({ name, value: isOn }) => ({ module, attribute: name, isEvaluation: isOn === true }));
  });
}
