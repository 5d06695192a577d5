/** @file Runs in React. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { TensorData, ValueKey } from '../../core/run/index.ts';
import { useServices } from './services.ts';
import type { RunClient } from '../state/runs/run-client.ts';
import type { RunsState } from '../state/runs/store.ts';

export function useRuns<T>(selector: (state: RunsState) => T): T {
  return useStore(useServices().runs, selector);
}

export function useRunClient(): RunClient {
  return useServices().client;
}

export type TensorRead =
  | { readonly status: 'none' | 'loading' }
  | { readonly status: 'ready'; readonly tensor: TensorData }
  | { readonly status: 'failed'; readonly message: string };

const NONE: TensorRead = { status: 'none' };
const LOADING: TensorRead = { status: 'loading' };

/** Fetches a tensor of the latest run; again when another run answers. */
export function useTensor(key: ValueKey | null): TensorRead {
  const client = useRunClient();
  const request = useRuns((state) => state.result?.request ?? null);
  const [fetched, setFetched] = useState<{ key: ValueKey; request: number; read: TensorRead } | null>(null);
  useEffect(() => {
    if (key === null || request === null) return undefined;
    let isCurrent = true;
    const keep = (read: TensorRead): void => {
      if (isCurrent) setFetched({ key, request, read });
    };
    client.getTensor(key).then(
      (tensor) => keep({ status: 'ready', tensor }),
      (error: unknown) => keep({ status: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [client, key, request]);
  if (key === null || request === null) return NONE;
  return fetched?.key === key && fetched.request === request ? fetched.read : LOADING;
}
