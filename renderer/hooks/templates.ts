import { useEffect } from 'react';
import { useStore } from 'zustand';
import { orTell } from '../state/or-tell.ts';
import type { Template } from '../state/templates.ts';
import { useServices } from './services.ts';

/** The templates and the user's own blocks; empty until they have been read. */
export function useTemplates(): readonly Template[] {
  const { templates, dialogs } = useServices();
  useEffect(() => orTell(dialogs, 'The templates could not be read', templates.need()), [templates, dialogs]);
  return useStore(templates, (state) => state.all);
}
