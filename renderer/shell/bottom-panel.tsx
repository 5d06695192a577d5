import { X } from 'lucide-react';
import { useSession, useSessionStore } from '../hooks/session.ts';
import { IconButton } from '../ui/button.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { PanelBoundary } from './panel-boundary.tsx';
import { findPanel, PANELS } from './panels.ts';

/** What a model gives and lacks, in tabs. */
export function BottomPanel() {
  const session = useSessionStore();
  const tab = useSession((state) => state.bottomTab);
  return (
    <section className="bottom-panel" aria-label="Results and lists">
      <Tabs
        label="Bottom panel"
        selected={findPanel(tab).id}
        onSelect={(bottomTab) => session.set({ bottomTab })}
        actions={
          <IconButton
            label="Hide the bottom panel"
            size="small"
            icon={<X size={14} />}
            onPress={() => session.set({ bottomOpen: false })}
          />
        }
        tabs={PANELS.map(({ id, title, Content, Mark }) => ({
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
