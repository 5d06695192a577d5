/** @file What a model gives and lacks, in tabs: below the canvas and beside it. Each panel stands in one of the two places. */
import { PanelBottom, PanelRight, X } from 'lucide-react';
import { useSession, useSessionStore } from '../hooks/session.ts';
import { movePanel } from '../state/session/workspaces.ts';
import { IconButton } from '../ui/button.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { PanelBoundary } from './panel-boundary.tsx';
import { PANELS } from './panels.ts';

const PLACES = {
  bottom: { region: 'Results and lists', label: 'Bottom panel', hide: 'Hide the bottom panel' },
  side: { region: 'Beside the canvas', label: 'Side panel', hide: 'Hide the side panel' },
} as const;

export function PanelTabs({ place }: { readonly place: keyof typeof PLACES }) {
  const session = useSessionStore();
  const sidePanels = useSession((state) => state.sidePanels);
  const tab = useSession((state) => state[`${place}Tab`]);
  const { region, label, hide } = PLACES[place];
  const panels = PANELS.filter(({ id }) => sidePanels.includes(id) === (place === 'side'));
  const shown = panels.find(({ id }) => id === tab) ?? panels[0];
  if (!shown) return null;
  return (
    <section className="bottom-panel" aria-label={region}>
      <Tabs
        label={label}
        selected={shown.id}
        onSelect={(next) => session.set({ [`${place}Tab`]: next })}
        actions={
          <div className="button-row">
            <IconButton
              label={place === 'side' ? `Move “${shown.title}” below the canvas` : `Move “${shown.title}” beside the canvas`}
              size="small"
              icon={place === 'side' ? <PanelBottom size={14} /> : <PanelRight size={14} />}
              onPress={() => session.set(movePanel(session.getState(), shown.id))}
            />
            <IconButton label={hide} size="small" icon={<X size={14} />} onPress={() => session.set({ [`${place}Open`]: false })} />
          </div>
        }
        tabs={panels.map(({ id, title, Content, Mark }) => ({
          id,
          title,
          ...(Mark ? { mark: <Mark /> } : {}),
          content: (
            <PanelBoundary title={`“${title}”`}>
              <Content />
            </PanelBoundary>
          ),
        }))}
      />
    </section>
  );
}

/** Whether anything stands in a place. */
export function useHasPanels(place: keyof typeof PLACES): boolean {
  return useSession(({ sidePanels }) => PANELS.some(({ id }) => sidePanels.includes(id) === (place === 'side')));
}
