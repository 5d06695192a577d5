/** @file Where everything stands: toolbar above, palette and modules left, canvas with plots and lists below or beside it, inspector right. */
import { Group, Panel, Separator, type Layout } from 'react-resizable-panels';
import { Canvas } from '../panels/canvas/canvas.tsx';
import { FilterBar } from '../panels/filter/filter-bar.tsx';
import { Inspector } from '../panels/inspector/inspector.tsx';
import { ModuleTree } from '../panels/module-tree/module-tree.tsx';
import { Palette } from '../panels/palette/palette.tsx';
import { useSession, useSessionStore } from '../hooks/session.ts';
import { CanvasContextMenu } from './canvas-context-menu.tsx';
import { PanelTabs, useHasPanels } from './panel-tabs.tsx';
import { PanelBoundary } from './panel-boundary.tsx';
import { findWorkspace } from '../state/session/workspaces.ts';
import { sideWidth } from './room.ts';
import { StatusBar } from './status-bar.tsx';
import { Toolbar } from './toolbar.tsx';
import './app.css';

/** Sizes are remembered per set of visible panels. */
function useRememberedLayout(group: string): { defaultLayout: Layout | undefined; onLayoutChanged: (layout: Layout) => void } {
  const session = useSessionStore();
  return {
    defaultLayout: session.getState().panelSizes[group],
    onLayoutChanged(layout) {
      session.set({ panelSizes: { ...session.getState().panelSizes, [group]: layout } });
    },
  };
}

export function Shell() {
  const isFocused = useSession((state) => state.isFocused);
  const left = useSession((state) => state.leftOpen) && !isFocused;
  const right = useSession((state) => state.rightOpen) && !isFocused;
  const group = `main${left ? '+left' : ''}${right ? '+right' : ''}`;
  const version = useSession((state) => state.layoutVersion);
  return (
    <div className="shell">
      <PanelBoundary title="The toolbar">
        <Toolbar />
      </PanelBoundary>
      <main className="panels">
        <Group key={`${version} ${group}`} className="panels" orientation="horizontal" {...useRememberedLayout(group)}>
          {left && (
            <>
              <Panel
                id="left"
                defaultSize={sideWidth(window.innerWidth, 0.165, 168, 232)}
                minSize="168px"
                maxSize="480px"
                groupResizeBehavior="preserve-pixel-size"
              >
                <LeftSide />
              </Panel>
              <Separator className="separator" aria-label="Width of the palette" />
            </>
          )}
          <Panel id="centre" minSize="320px">
            <Centre />
          </Panel>
          {right && (
            <>
              <Separator className="separator" aria-label="Width of the inspector" />
              <Panel
                id="right"
                defaultSize={sideWidth(window.innerWidth, 0.21, 220, 300)}
                minSize="220px"
                maxSize="560px"
                groupResizeBehavior="preserve-pixel-size"
              >
                <PanelBoundary title="The inspector">
                  <Inspector />
                </PanelBoundary>
              </Panel>
            </>
          )}
        </Group>
      </main>
      <PanelBoundary title="The status bar">
        <StatusBar />
      </PanelBoundary>
    </div>
  );
}

function LeftSide() {
  return (
    <Group className="panels" orientation="vertical" {...useRememberedLayout('left')}>
      <Panel id="palette" defaultSize="58%" minSize="120px">
        <PanelBoundary title="The palette">
          <Palette />
        </PanelBoundary>
      </Panel>
      <Separator className="separator" aria-label="Height of the palette" />
      <Panel id="modules" minSize="96px">
        <PanelBoundary title="The list of modules">
          <ModuleTree />
        </PanelBoundary>
      </Panel>
    </Group>
  );
}

/** The canvas with the panels beside and below it, which share its room. */
function Centre() {
  const isFocused = useSession((state) => state.isFocused);
  const hasSide = useHasPanels('side');
  const side = useSession((state) => state.sideOpen) && hasSide && !isFocused;
  const { sideShare } = findWorkspace(useSession((state) => state.workspace));
  const group = side ? 'centre+side' : 'centre-alone';
  return (
    <Group key={group} className="panels" orientation="horizontal" {...useRememberedLayout(group)}>
      <Panel id="column" minSize="280px">
        <Column />
      </Panel>
      {side && (
        <>
          <Separator className="separator" aria-label="Width of the side panel" />
          <Panel id="side" defaultSize={`${sideShare}%`} minSize="240px">
            <PanelTabs place="side" />
          </Panel>
        </>
      )}
    </Group>
  );
}

function Column() {
  const isFocused = useSession((state) => state.isFocused);
  const hasBottom = useHasPanels('bottom');
  const isOpen = useSession((state) => state.bottomOpen) && hasBottom && !isFocused;
  const { bottomShare } = findWorkspace(useSession((state) => state.workspace));
  const group = isOpen ? 'centre+bottom' : 'centre';
  return (
    <Group key={group} className="panels" orientation="vertical" {...useRememberedLayout(group)}>
      <Panel id="canvas" minSize="160px">
        <div className="centre">
          <PanelBoundary title="The filter">
            <FilterBar />
          </PanelBoundary>
          <CanvasContextMenu>
            <PanelBoundary title="The canvas">
              <Canvas />
            </PanelBoundary>
          </CanvasContextMenu>
        </div>
      </Panel>
      {isOpen && (
        <>
          <Separator className="separator" aria-label="Height of the bottom panel" />
          <Panel id="bottom" defaultSize={`${bottomShare}%`} minSize="112px" groupResizeBehavior="preserve-pixel-size">
            <PanelTabs place="bottom" />
          </Panel>
        </>
      )}
    </Group>
  );
}
