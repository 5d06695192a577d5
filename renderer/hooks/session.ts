/** @file The session in React. */
import { useStore } from 'zustand';
import { useServices } from './services.ts';
import type { SessionState, SessionStore } from '../state/session/store.ts';

export function useSessionStore(): SessionStore {
  return useServices().session;
}

export function useSession<T>(selector: (state: SessionState) => T): T {
  return useStore(useServices().session, selector);
}
