/** @file Runs in React. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { RequestId, Summary, TensorData, TensorPart, ValueKey } from '../../core/run/index.ts';
import { useServices } from './services.ts';
import type { BinSpan, RunClient } from '../state/runs/run-client.ts';
import type { RunsState } from '../state/runs/store.ts';

export function useRuns<T>(selector: (state: RunsState) => T): T {
  return useStore(useServices().runs, selector);
}

export function useRunClient(): RunClient {
  return useServices().client;
}

export type TensorRead =
  | { readonly status: 'none' | 'loading' }
  /** `part` is what the tensor is of: the one before while another is on its way. */
  | { readonly status: 'ready'; readonly tensor: TensorData; readonly part: TensorPart }
  | { readonly status: 'failed'; readonly message: string };

const NONE: TensorRead = { status: 'none' };
const LOADING: TensorRead = { status: 'loading' };

/** Fetches a part of a tensor of the run that is looked at; again for another part, or when another run is. `part` is one object as long as it is the same. */
export function useTensor(key: ValueKey, part: TensorPart): TensorRead {
  const client = useRunClient();
  const request = useRuns((state) => state.result?.record.id ?? null);
  const [fetched, setFetched] = useState<{ key: ValueKey; request: number; read: TensorRead } | null>(null);
  useEffect(() => {
    if (request === null) return undefined;
    let isCurrent = true;
    const keep = (read: TensorRead): void => {
      if (isCurrent) setFetched({ key, request, read });
    };
    client.getTensor(request, key, part).then(
      (tensor) => keep({ status: 'ready', tensor, part }),
      (error: unknown) => keep({ status: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [client, key, part, request]);
  if (request === null) return NONE;
  return fetched?.key === key && fetched.request === request ? fetched.read : LOADING;
}

/** Histogram, on the bins of a span where one is given, and first numbers of a value of a run, once the worker has found them out; a message where it cannot; null until then. */
export function useSummary(run: RequestId | null, key: ValueKey, span?: BinSpan): Summary | { readonly message: string } | null {
  const client = useRunClient();
  const [found, setFound] = useState<{ readonly of: string; readonly summary: Summary | { readonly message: string } } | null>(null);
  const [low, high] = [span?.low, span?.high];
  const of = `${run} ${key} ${low} ${high}`;
  useEffect(() => {
    if (run === null) return undefined;
    let isCurrent = true;
    const keep = (summary: Summary | { readonly message: string }): void => {
      if (isCurrent) setFound({ of, summary });
    };
    client
      .getSummary(run, key, low === undefined || high === undefined ? undefined : { low, high })
      .then(keep, (error: unknown) => keep({ message: error instanceof Error ? error.message : String(error) }));
    return () => {
      isCurrent = false;
    };
  }, [client, run, key, low, high, of]);
  return found?.of === of ? found.summary : null;
}
