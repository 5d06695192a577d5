/**
 * @file What the user looks at: lens, open class, selection, panels, theme. Never undoable by itself; the document's
 * history keeps a `Place` beside each step. `fields.ts` says what of this is saved.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CodePart } from '../code/parts.ts';
import type { MinimapChoice } from './minimap.ts';
import type { Navigation } from './navigation.ts';
import type { Direction } from '../layout/graph.ts';
import { baseOpen, cutKey } from './expansion.ts';
import type { Traced } from './traced.ts';
import type { Focused } from './focused.ts';
import type { ClassId, NodeId, Path, WireId } from '../../../core/document/index.ts';
import type { TargetName } from '../../../core/emit/index.ts';

export type Lens = 'structure' | 'flow';
export type Theme = 'system' | 'dark' | 'light';

/** One step of the breadcrumb: a class, as the instance that lives at `instance`. */
export interface OpenStep {
  readonly class: ClassId;
  /** Path of the instance from the root Module; empty for the root. */
  readonly instance: Path;
}

/** Ids of the open class, and paths of Modules as `pathKey` writes them. Modules are not selected with others. */
export interface Selection {
  readonly nodes: readonly NodeId[];
  readonly wires: readonly WireId[];
  readonly modules: readonly string[];
  /** Notes and frames, which are selected beside nodes. */
  readonly annotations: readonly string[];
}

export const NOTHING_SELECTED: Selection = { nodes: [], wires: [], modules: [], annotations: [] };

export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Hover {
  readonly kind: 'node' | 'wire' | 'module';
  /** A node id, a wire id, or a path key. */
  readonly id: string;
}

/** Where panels stand and how large they are: what each workspace keeps of its own. */
export interface Layout {
  readonly leftOpen: boolean;
  readonly rightOpen: boolean;
  readonly bottomOpen: boolean;
  /** Whether the panels beside the canvas are shown. */
  readonly sideOpen: boolean;
  /** The ids of the panels in front, below and beside the canvas. */
  readonly bottomTab: string;
  readonly sideTab: string;
  /** The ids of the panels that stand beside the canvas; all others stand below it. */
  readonly sidePanels: readonly string[];
  /** Percentages by panel group, as the layout library reports them. */
  readonly panelSizes: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What the window closed by becoming small, and opens again when it is large. */
  readonly closedBySize: readonly Part[];
}

/** What opens and closes around the canvas. */
export const PARTS = ['left', 'right', 'bottom', 'side'] as const;
export type Part = (typeof PARTS)[number];

/** The search that F3 goes on with, and where it is among what it found. */
export interface LastFind {
  readonly text: string;
  /** Which of what was found one is at: its key, its number from 0, and how many there are. */
  readonly key: string;
  readonly at: number;
  readonly count: number;
  /** What was selected by it: while it is, one is there. */
  readonly selection: Selection | null;
}

/** What was looked at, and what was selected there. */
export interface Look {
  readonly lens: Lens;
  readonly open: readonly OpenStep[];
  readonly inside: string;
  readonly selection: Selection;
}

export interface Visits {
  /** The oldest first. */
  readonly looks: readonly Look[];
  /** Which of them is the present one; -1 where there is none yet. */
  readonly at: number;
}

export const NO_VISITS: Visits = { looks: [], at: -1 };

export interface SessionState extends Layout {
  readonly lens: Lens;
  /** Breadcrumb from the root to the class that the data-flow lens shows. Empty: the root class. */
  readonly open: readonly OpenStep[];
  /** The class that is expanded in place and whose nodes are selected, by its key; empty: `open` was entered. `expansion.ts` tells what follows. */
  readonly inside: string;
  /** Classes whose inside is drawn in place, by the view: the item that is shown (0 of a single Module), by key. */
  readonly expanded: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly selection: Selection;
  readonly hover: Hover | null;
  /** What is highlighted up or down the stream. */
  readonly traced: Traced | null;
  /** Where one was, to go back to. */
  readonly visits: Visits;
  /** What of the canvas had the keyboard last; `focusedItem` tells what has it, or would. */
  readonly focused: Focused | null;
  /** What Ctrl+F sought last. */
  readonly lastFind: LastFind | null;
  /** The note or frame of the open class whose text is being typed. */
  readonly typingIn: string | null;
  readonly filterText: string;
  /** Whether the module tree stands as attributes are sorted, or as Modules are called. */
  readonly treeOrder: 'attributes' | 'flow';
  /** What the palette is searched for. */
  readonly paletteText: string;
  /** Whether the filter bar marks its matches on the canvas. */
  readonly filterActive: boolean;
  /** How long named axes are where costs are counted; the batch of the run settings and nothing else where none is given. */
  readonly costSizes: Readonly<Record<string, number>>;
  /** The id of what colours the canvas, or `none`. */
  readonly overlay: string;
  /** Only places with at least so much of it are coloured; null: all. */
  readonly overlayFrom: number | null;
  /** Whether histograms show how many by their logarithm, so that a few can be seen beside many. */
  readonly countsAreLog: boolean;
  /** By `viewportKey`. */
  readonly viewports: Readonly<Record<string, Viewport>>;
  /** The id of the workspace whose layout this is. */
  readonly workspace: string;
  /** The layouts of the other workspaces, as they were left. */
  readonly layouts: Readonly<Record<string, Layout>>;
  /** Grows where sizes come from elsewhere than from dragging. */
  readonly layoutVersion: number;
  /** The canvas alone: everything else steps back for a while. */
  readonly isFocused: boolean;
  readonly theme: Theme;
  /** The target whose code is shown, copied and saved. */
  readonly codeTarget: TargetName;
  /** What of its code. */
  readonly codePart: CodePart;
  readonly navigation: Navigation;
  /** Keys that the user gave to commands, by their ids, in place of their own. */
  readonly ownKeys: Readonly<Record<string, readonly string[]>>;
  /** Whether the small map of the canvas is shown. */
  readonly minimap: MinimapChoice;
  /** Which way graphs read. */
  readonly direction: Direction;
}

/** What a step of the history restores with the document. */
export interface Place {
  readonly open: readonly OpenStep[];
  /** As in the session; where it is not said, `open` was entered, unless it is where one is. */
  readonly inside?: string;
  readonly selection: Selection;
}

export interface SessionStore extends Pick<StoreApi<SessionState>, 'getState' | 'subscribe' | 'getInitialState'> {
  set(change: Partial<SessionState>): void;
  select(selection: Partial<Selection>): void;
  clearSelection(): void;
  /** Shows the class behind a member in the data-flow lens, with nothing selected. */
  enter(step: OpenStep): void;
  /** Goes back to the first `depth` steps of the breadcrumb; 0 is the root. */
  leaveTo(depth: number): void;
  setViewport(key: string, viewport: Viewport): void;
  readPlace(): Place;
  restorePlace(place: Place): void;
}

export const INITIAL_SESSION: SessionState = {
  lens: 'flow',
  open: [],
  inside: '',
  expanded: {},
  selection: NOTHING_SELECTED,
  hover: null,
  traced: null,
  visits: NO_VISITS,
  focused: null,
  lastFind: null,
  typingIn: null,
  filterText: '',
  treeOrder: 'attributes',
  paletteText: '',
  filterActive: false,
  costSizes: {},
  overlay: 'none',
  overlayFrom: null,
  countsAreLog: false,
  viewports: {},
  bottomTab: 'results',
  sideTab: '',
  sidePanels: [],
  leftOpen: true,
  rightOpen: true,
  bottomOpen: true,
  sideOpen: false,
  panelSizes: {},
  closedBySize: [],
  workspace: 'design',
  layouts: {},
  layoutVersion: 0,
  isFocused: false,
  theme: 'system',
  codeTarget: 'flax',
  codePart: 'model',
  navigation: 'node-editor',
  ownKeys: {},
  minimap: 'auto',
  direction: 'right',
};

export function createSessionStore(initial: Partial<SessionState> = {}): SessionStore {
  const store = createStore<SessionState>(() => ({ ...INITIAL_SESSION, ...initial }));
  const { getState, setState } = store;
  return {
    getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    set: (change) => setState(change.open === undefined ? change : { inside: insideOf(getState(), change.open), ...change }),
    select: (selection) => setState({ selection: { ...NOTHING_SELECTED, ...selection } }),
    clearSelection: () => setState({ selection: NOTHING_SELECTED }),
    enter: (step) => setState({ lens: 'flow', open: [...getState().open, step], inside: '', selection: NOTHING_SELECTED, hover: null }),
    leaveTo(depth) {
      const { open, inside } = getState();
      const within = cutKey(inside, depth - baseOpen({ open, inside }).length);
      setState({ open: open.slice(0, depth), inside: within, selection: NOTHING_SELECTED, hover: null });
    },
    setViewport: (key, viewport) => setState({ viewports: { ...getState().viewports, [key]: viewport } }),
    readPlace() {
      const { open, inside, selection } = getState();
      return { open, inside, selection };
    },
    restorePlace: ({ open, inside, selection }) => setState({ open, inside: inside ?? insideOf(getState(), open), selection }),
  };
}

/** The viewport of the structure lens, or of the graph of a class. */
export function viewportKey(state: Pick<SessionState, 'lens' | 'open' | 'inside'>): string {
  return state.lens === 'structure' ? 'structure' : `flow:${baseOpen(state).at(-1)?.class ?? 'root'}`;
}

/** What one is inside of at another way: the same where it is where one is. */
function insideOf(state: SessionState, open: readonly OpenStep[]): string {
  const isSame = open.length === state.open.length && open.every((step, i) => isSameStep(step, state.open[i]!));
  return isSame ? state.inside : '';
}

function isSameStep(a: OpenStep, b: OpenStep): boolean {
  return a.class === b.class && a.instance.length === b.instance.length && a.instance.every((part, i) => part === b.instance[i]);
}
