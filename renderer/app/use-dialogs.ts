/** @file Dialogs and notices in React. */
import { useStore } from 'zustand';
import { useServices } from './services.ts';
import type { DialogsState } from '../session/dialogs.ts';

export function useDialogs<T>(selector: (state: DialogsState) => T): T {
  return useStore(useServices().dialogs, selector);
}
