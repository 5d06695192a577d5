/** @file What the present document costs before a run, in React. */
import { useMemo } from 'react';
import { costTable, sizesOfBatch, type CostRow, type Sizes } from '../../core/check/index.ts';
import { useCheck } from './derived.ts';
import { useDocument } from './document.ts';
import { useSession } from './session.ts';

/** The lengths that named axes are counted with: the batch of the run settings, or what the user says. */
export function useSizes(): Sizes {
  const batch = useDocument((document) => document.run.batchSize);
  const given = useSession((state) => state.costSizes);
  return useMemo(
    () => (Object.keys(given).length === 0 ? sizesOfBatch(batch) : new Map(Object.entries({ batch, ...given }))),
    [batch, given],
  );
}

/** A row for every Module; none where nothing can be told. */
export function useCostTable(): readonly CostRow[] {
  const { root } = useCheck();
  const sizes = useSizes();
  return useMemo(() => (root ? costTable(root, sizes) : []), [root, sizes]);
}
