/**
 * @file Which part of the session is kept, and where. A new key of `SessionState` does not compile until it has a row.
 */
import { TARGETS, type TargetName } from '../../../core/emit/index.ts';
import { findOverlay } from '../../overlays/overlays.ts';
import { CODE_PARTS, type CodePart } from '../code/parts.ts';
import type { Direction } from '../layout/graph.ts';
import { type Layout, PARTS, type SessionState, type Theme } from './store.ts';
import type { MinimapChoice } from './minimap.ts';
import { NAVIGATIONS, type Navigation } from './navigation.ts';
import { WORKSPACES } from './workspaces.ts';

/** Reads a saved value; undefined if it is not one, so that a damaged preference falls back to the default. */
type Read<T> = (value: unknown) => T | undefined;
/** `prefs`: kept between starts. `never`: gone with the window. */
type Row<T> = { readonly saved: 'prefs'; readonly read: Read<T> } | { readonly saved: 'never' };

const never = { saved: 'never' } as const;
const oneOf =
  <T extends string>(...choices: readonly T[]): Read<T> =>
  (value) =>
    choices.find((choice) => choice === value);
const text: Read<string> = (value) => (typeof value === 'string' ? value : undefined);
const bool: Read<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);
const readOverlay: Read<string> = (value) => (typeof value === 'string' && (value === 'none' || findOverlay(value)) ? value : undefined);
const prefs = <T>(read: Read<T>): Row<T> => ({ saved: 'prefs', read });

function readSizes(value: unknown): SessionState['panelSizes'] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const sizes: Record<string, Record<string, number>> = {};
  for (const [group, layout] of Object.entries(value)) {
    if (typeof layout !== 'object' || layout === null) return undefined;
    const entries = Object.entries(layout as Record<string, unknown>);
    if (!entries.every((entry): entry is [string, number] => Number.isFinite(entry[1]))) return undefined;
    sizes[group] = Object.fromEntries(entries);
  }
  return sizes;
}

const readNames: Read<readonly string[]> = (value) =>
  Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined;

function readOwnKeys(value: unknown): SessionState['ownKeys'] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string[]] => readNames(entry[1]) !== undefined));
}

const readParts: Read<SessionState['closedBySize']> = (value) =>
  Array.isArray(value) ? PARTS.filter((part) => value.includes(part)) : undefined;

const LAYOUT_FIELDS: { readonly [K in keyof Layout]: Read<Layout[K]> } = {
  leftOpen: bool,
  rightOpen: bool,
  bottomOpen: bool,
  sideOpen: bool,
  bottomTab: text,
  sideTab: text,
  sidePanels: readNames,
  panelSizes: readSizes,
  closedBySize: readParts,
};

/** Layouts by workspace; one that is damaged begins anew. */
function readLayouts(value: unknown): SessionState['layouts'] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const layouts: Record<string, Layout> = {};
  for (const { id } of WORKSPACES) {
    const found = (value as Record<string, Record<string, unknown> | undefined>)[id];
    if (!found) continue;
    // A layout that was saved before there was this has none.
    const saved: Record<string, unknown> = { closedBySize: [], ...found };
    const entries = Object.entries(LAYOUT_FIELDS).map(([key, read]) => [key, read(saved[key])] as const);
    if (entries.every(([, each]) => each !== undefined)) layouts[id] = Object.fromEntries(entries) as unknown as Layout;
  }
  return layouts;
}

export const SESSION_FIELDS: { readonly [K in keyof SessionState]: Row<SessionState[K]> } = {
  lens: never,
  open: never,
  inside: never,
  expanded: never,
  selection: never,
  hover: never,
  traced: never,
  visits: never,
  focused: never,
  lastFind: never,
  typingIn: never,
  filterText: never,
  treeOrder: prefs(oneOf('attributes', 'flow')),
  paletteText: never,
  filterActive: never,
  viewports: never,
  costSizes: never,
  overlay: prefs(readOverlay),
  overlayFrom: never,
  countsAreLog: prefs(bool),
  bottomTab: prefs(LAYOUT_FIELDS.bottomTab),
  sideTab: prefs(LAYOUT_FIELDS.sideTab),
  sidePanels: prefs(LAYOUT_FIELDS.sidePanels),
  leftOpen: prefs(LAYOUT_FIELDS.leftOpen),
  rightOpen: prefs(LAYOUT_FIELDS.rightOpen),
  bottomOpen: prefs(LAYOUT_FIELDS.bottomOpen),
  sideOpen: prefs(LAYOUT_FIELDS.sideOpen),
  panelSizes: prefs(LAYOUT_FIELDS.panelSizes),
  closedBySize: prefs(LAYOUT_FIELDS.closedBySize),
  workspace: prefs(oneOf(...WORKSPACES.map(({ id }) => id))),
  layouts: prefs(readLayouts),
  layoutVersion: never,
  isFocused: never,
  navigation: prefs(oneOf(...(Object.keys(NAVIGATIONS) as Navigation[]))),
  ownKeys: prefs(readOwnKeys),
  minimap: prefs(oneOf<MinimapChoice>('auto', 'shown', 'hidden')),
  theme: prefs(oneOf<Theme>('system', 'dark', 'light')),
  codeTarget: prefs(oneOf(...(Object.keys(TARGETS) as TargetName[]))),
  codePart: prefs(oneOf(...(Object.keys(CODE_PARTS) as CodePart[]))),
  direction: prefs(oneOf<Direction>('right', 'down')),
};

/** The saved part of a session as JSON text. */
export function writePreferences(state: SessionState): string {
  const kept = Object.entries(SESSION_FIELDS).filter(([, row]) => row.saved === 'prefs');
  return JSON.stringify(Object.fromEntries(kept.map(([key]) => [key, state[key as keyof SessionState]])));
}

/** What can be used of saved preferences; anything damaged or unknown is left out. `panels`: the ids of all there are. */
export function readPreferences(text: string | undefined, panels: readonly string[]): Partial<SessionState> {
  if (text === undefined) return {};
  let saved: unknown;
  try {
    saved = JSON.parse(text);
  } catch {
    return {};
  }
  if (typeof saved !== 'object' || saved === null) return {};
  const result: Record<string, unknown> = {};
  for (const [key, row] of Object.entries(SESSION_FIELDS)) {
    const value = row.saved === 'prefs' ? row.read((saved as Record<string, unknown>)[key]) : undefined;
    if (value !== undefined) result[key] = value;
  }
  if (!panels.includes(String(result['bottomTab']))) delete result['bottomTab'];
  return result;
}
