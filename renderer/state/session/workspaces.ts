/** @file Workspaces: layouts of the same panels, each for one kind of work. Each is kept as it was left until it is reset. */
import { type Layout, type Part, PARTS, type SessionState } from './store.ts';

export interface Workspace {
  readonly id: string;
  readonly title: string;
  readonly tooltip: string;
  /** Window widths from which on a part stands open at first, so that the canvas has the most room at every size; null: not at first. */
  readonly opens: Readonly<Record<Part, number | null>>;
  /** Panels beside the canvas, not below it. */
  readonly sidePanels: readonly string[];
  readonly bottomTab: string;
  /** Height of the bottom, and width of the side, in per cent of what they share with the canvas. */
  readonly bottomShare: number;
  readonly sideShare: number;
}

export const WORKSPACES: readonly Workspace[] = [
  {
    id: 'design',
    title: 'Design',
    tooltip: 'Palette, canvas and inspector, lists low below',
    opens: { left: 800, right: 0, bottom: 1100, side: null },
    sidePanels: [],
    bottomTab: 'results',
    bottomShare: 32,
    sideShare: 36,
  },
  {
    id: 'debug',
    title: 'Debug',
    tooltip: 'Results wide beside the canvas',
    opens: { left: 1280, right: null, bottom: null, side: 0 },
    sidePanels: ['results'],
    bottomTab: 'problems',
    bottomShare: 28,
    sideShare: 42,
  },
  {
    id: 'train',
    title: 'Train',
    tooltip: 'The charts of training beside the canvas, at full height, with the settings of the run',
    opens: { left: null, right: 1180, bottom: null, side: 0 },
    sidePanels: ['training'],
    bottomTab: 'log',
    bottomShare: 28,
    sideShare: 40,
  },
  {
    id: 'code',
    title: 'Code',
    tooltip: 'The code beside the graph',
    opens: { left: null, right: null, bottom: null, side: 0 },
    sidePanels: ['code'],
    bottomTab: 'problems',
    bottomShare: 28,
    sideShare: 42,
  },
];

/** The workspace of an id; the first where this version does not know it. */
export function findWorkspace(id: string): Workspace {
  return WORKSPACES.find((each) => each.id === id) ?? WORKSPACES[0]!;
}

/** How a workspace stands in a window before anyone has changed it. */
export function firstLayout(id: string, windowWidth: number): Layout {
  const { opens, sidePanels, bottomTab } = findWorkspace(id);
  const isOpen = (part: keyof Workspace['opens']): boolean => opens[part] !== null && windowWidth >= opens[part];
  return {
    leftOpen: isOpen('left'),
    rightOpen: isOpen('right'),
    bottomOpen: isOpen('bottom'),
    sideOpen: isOpen('side'),
    bottomTab,
    sideTab: sidePanels[0] ?? '',
    sidePanels,
    panelSizes: {},
    closedBySize: [],
  };
}

/**
 * What a window that went from one width to another closes and opens by itself: what would not stand open at first in so little room goes,
 * and comes again with the room. `was` 0: nothing is closed.
 */
export function fitToWidth(state: Layout & Pick<SessionState, 'workspace'>, was: number, is: number): Partial<Layout> {
  const { opens } = findWorkspace(state.workspace);
  const fits = (part: Part, width: number): boolean => opens[part] !== null && width >= opens[part];
  const closing = PARTS.filter((part) => state[`${part}Open`] && fits(part, was) && !fits(part, is));
  const opening = state.closedBySize.filter((part) => fits(part, is));
  if (closing.length + opening.length === 0) return {};
  return {
    ...Object.fromEntries(closing.map((part) => [`${part}Open`, false])),
    ...Object.fromEntries(opening.map((part) => [`${part}Open`, true])),
    closedBySize: PARTS.filter((part) => closing.includes(part) || (state.closedBySize.includes(part) && !opening.includes(part))),
  };
}

/** What one opened is no longer what the window closed. Nothing where that says it already. */
export function forgetOpened({ closedBySize, ...state }: Layout): Partial<Layout> {
  const rest = closedBySize.filter((part) => !state[`${part}Open`]);
  return rest.length === closedBySize.length ? {} : { closedBySize: rest };
}

function presentLayout(state: SessionState): Layout {
  const { leftOpen, rightOpen, bottomOpen, sideOpen, bottomTab, sideTab, sidePanels, panelSizes, closedBySize } = state;
  return { leftOpen, rightOpen, bottomOpen, sideOpen, bottomTab, sideTab, sidePanels, panelSizes, closedBySize };
}

/** The change that leads to another workspace, as it was left, and keeps the present one as it is. */
export function toWorkspace(state: SessionState, id: string, windowWidth: number): Partial<SessionState> {
  if (id === state.workspace) return { isFocused: false };
  const layouts = { ...state.layouts, [state.workspace]: presentLayout(state) };
  const layout = state.layouts[id] ?? firstLayout(id, windowWidth);
  return {
    ...layout,
    ...fitToWidth({ ...layout, workspace: id }, 0, windowWidth),
    layouts,
    workspace: id,
    isFocused: false,
    layoutVersion: state.layoutVersion + 1,
  };
}

/** The present workspace as it was before anyone changed it. */
export function resetLayout(state: SessionState, windowWidth: number): Partial<SessionState> {
  return { ...firstLayout(state.workspace, windowWidth), isFocused: false, layoutVersion: state.layoutVersion + 1 };
}

/** Brings a panel to the front, wherever it stands. */
export function showPanel({ sidePanels }: Pick<SessionState, 'sidePanels'>, id: string): Partial<SessionState> {
  return sidePanels.includes(id)
    ? { sideTab: id, sideOpen: true, isFocused: false }
    : { bottomTab: id, bottomOpen: true, isFocused: false };
}

/** Moves a panel from below the canvas to beside it, or back, and shows it there. */
export function movePanel({ sidePanels }: Pick<SessionState, 'sidePanels'>, id: string): Partial<SessionState> {
  const isAtSide = sidePanels.includes(id);
  const rest = sidePanels.filter((each) => each !== id);
  const moved = isAtSide ? rest : [...sidePanels, id];
  const next = isAtSide && rest.length > 0 ? { sideTab: rest[0]! } : {};
  return { sidePanels: moved, ...next, ...showPanel({ sidePanels: moved }, id) };
}
