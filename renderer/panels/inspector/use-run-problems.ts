/** @file What the check says of the settings of a run that stand in a form: the data, the loss, the optimiser. */
import { problemText } from '../../../core/document/index.ts';
import { useMemo } from 'react';
import { useCheck } from '../../hooks/derived.ts';

interface RunProblems {
  /** By parameter, for its row. */
  readonly byParam: Readonly<Record<string, string>>;
  /** Of the whole; those of a node are told there. */
  readonly others: string | undefined;
}

/** Problems whose codes start with one of the words before the slash. */
export function useRunProblems(...families: readonly string[]): RunProblems {
  const check = useCheck();
  const key = families.join();
  return useMemo(() => {
    const wanted = new Set(key.split(','));
    const own = check.problems.filter(({ code, place }) => place.node === undefined && wanted.has(code.split('/')[0]!));
    const others = own.filter(({ place }) => place.param === undefined).map(problemText);
    return {
      byParam: Object.fromEntries(own.flatMap((each) => (each.place.param === undefined ? [] : [[each.place.param, problemText(each)]]))),
      others: others.length === 0 ? undefined : others.join(' '),
    };
  }, [check, key]);
}
