/** @file Where everything stands: toolbar above, palette and modules left, canvas with plots and lists below or beside it, inspector right. */
import { Group, Panel, Separator } from 'react-resizable-panels';
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
import { Split, type Side } from './split.tsx';
import { StatusBar } from './status-bar.tsx';
import { Toolbar } from './toolbar.tsx';
import './app.css';

export function Shell() {
  return (
    <div className="shell">
      <PanelBoundary title="The toolbar">
        <Toolbar />
      </PanelBoundary>
      <main className="panels">
        <Sides />
      </main>
      <PanelBoundary title="The status bar">
        <StatusBar />
      </PanelBoundary>
    </div>
  );
}

function useSide(part: 'left' | 'right' | 'side' | 'bottom'): Pick<Side, 'id' | 'isOpen' | 'onClose'> {
  const session = useSessionStore();
  const isOpen = useSession((state) => state[`${part}Open`] && !state.isFocused);
  return { id: part, isOpen, onClose: () => session.set({ [`${part}Open`]: false }) };
}

function Sides() {
  const left: Side = {
    ...useSide('left'),
    first: sideWidth(window.innerWidth, 0.165, 168, 232),
    least: '168px',
    most: '480px',
    label: 'Width of the palette',
    keeps: 'pixels',
    content: <LeftSide />,
  };
  const right: Side = {
    ...useSide('right'),
    first: sideWidth(window.innerWidth, 0.21, 220, 300),
    least: '220px',
    most: '560px',
    label: 'Width of the inspector',
    keeps: 'pixels',
    content: (
      <PanelBoundary title="The inspector">
        <Inspector />
      </PanelBoundary>
    ),
  };
  return (
    <Split name="main" orientation="horizontal" before={left} after={right} middle={{ id: 'centre', least: '320px' }}>
      <Centre />
    </Split>
  );
}

function LeftSide() {
  const session = useSessionStore();
  const version = useSession((state) => state.layoutVersion);
  const sizes = session.getState().panelSizes['left'];
  return (
    <Group
      key={version}
      className="panels"
      orientation="vertical"
      {...(sizes ? { defaultLayout: sizes } : {})}
      onLayoutChanged={(layout) => session.set({ panelSizes: { ...session.getState().panelSizes, left: layout } })}
    >
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
  const { sideShare, bottomShare } = findWorkspace(useSession((state) => state.workspace));
  const besides = useSide('side');
  const below = useSide('bottom');
  const side: Side = {
    ...besides,
    isOpen: useHasPanels('side') && besides.isOpen,
    first: `${sideShare}%`,
    least: '240px',
    label: 'Width of the side panel',
    keeps: 'share',
    content: <PanelTabs place="side" />,
  };
  const bottom: Side = {
    ...below,
    isOpen: useHasPanels('bottom') && below.isOpen,
    first: `${bottomShare}%`,
    least: '112px',
    label: 'Height of the bottom panel',
    keeps: 'pixels',
    content: <PanelTabs place="bottom" />,
  };
  return (
    <Split name="centre" orientation="horizontal" after={side} middle={{ id: 'column', least: '280px' }}>
      <Split name="centre" orientation="vertical" after={bottom} middle={{ id: 'canvas', least: '160px' }}>
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
      </Split>
    </Split>
  );
}
