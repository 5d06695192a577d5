/** @file Derived values in React. */
import type { Check } from '../../core/check/index.ts';
import type { ModelClass } from '../../core/document/index.ts';
import { useServices } from '../app/services.ts';
import { useDocument } from '../document/hooks.ts';
import { useRuns } from '../runs/hooks.ts';
import { isStale } from '../runs/store.ts';
import { useSession } from '../session/hooks.ts';
import type { Code } from './derived.ts';
import { findOpenClass } from './open-class.ts';

export function useDocumentHash(): string {
  const { derived } = useServices();
  return useDocument(derived.hash);
}

/** The class whose graph the data-flow lens shows. */
export function useOpenClass(): ModelClass | undefined {
  const open = useSession((state) => state.open);
  return useDocument((document) => findOpenClass(document, open));
}

/** Whether the latest result belongs to another document than the present one. */
export function useIsResultStale(): boolean {
  const hash = useDocumentHash();
  return useRuns((state) => isStale(state.result, hash));
}

/** Problems, shapes and arguments of the present document. */
export function useCheck(): Check {
  const { derived } = useServices();
  return useDocument(derived.check);
}

/** The present document as Flax NNX source. */
export function useCode(): Code {
  const { derived } = useServices();
  return useDocument(derived.code);
}
