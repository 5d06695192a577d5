/** @file The document in React. Selectors return primitives or records of the document itself, never fresh objects. */
import { useStore } from 'zustand';
import type { ModelDocument } from '../../core/document/index.ts';
import { useServices } from './services.ts';
import type { Place } from '../state/session/store.ts';
import type { DocumentState, DocumentStore } from '../state/document/store.ts';

export function useDocumentStore(): DocumentStore<Place> {
  return useServices().document;
}

/** A part of the present document: `useDocument((doc) => doc.run.seed)`. */
export function useDocument<T>(selector: (document: ModelDocument) => T): T {
  return useStore(useServices().document, (state) => selector(state.document));
}

/** A part of the store beside the document: history, gesture, file. */
export function useDocumentState<T>(selector: (state: DocumentState<Place>) => T): T {
  return useStore(useServices().document, selector);
}
