/** @file Dialogs and notices in React. */
import { useStore } from 'zustand';
import { useServices } from '../hooks/services.ts';
import type { DialogsState } from '../state/questions.ts';

export function useDialogs<T>(selector: (state: DialogsState) => T): T {
  return useStore(useServices().dialogs, selector);
}
