import { useEffect, useState } from 'react';
import type { Difference, ValueKey } from '../../core/run/index.ts';
import { useRunClient } from './runs.ts';
import type { KeptResult } from '../state/runs/store.ts';

type Differences = ReadonlyMap<ValueKey, Difference>;

/** The differences of two runs, once the worker has found them; a message where it cannot; null until then, and where there is no second run. */
export function useDifferences(
  now: KeptResult,
  before: KeptResult | undefined,
  keys?: readonly ValueKey[],
): Differences | { readonly message: string } | null {
  const client = useRunClient();
  const [found, setFound] = useState<{ readonly of: string; readonly differences: Differences | { readonly message: string } } | null>(
    null,
  );
  const [run, from] = [now.record.id, before?.record.id];
  const asked = keys?.join('\n');
  const of = `${run} ${from} ${asked}`;
  useEffect(() => {
    if (from === undefined) return undefined;
    let isCurrent = true;
    const keep = (differences: Differences | { readonly message: string }): void => {
      if (isCurrent) setFound({ of, differences });
    };
    client.getDifferences(run, from, asked === undefined ? undefined : asked.split('\n')).then(
      (list) => keep(new Map(list.map((each) => [each.key, each]))),
      (error: unknown) => keep({ message: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [client, run, from, asked, of]);
  return found?.of === of ? found.differences : null;
}
