/**
 * @file Undo and redo as labelled steps over immutable documents. An entry keeps the whole document before and after;
 * records are shared between them, so a step costs two references. Pure: no store, no clock.
 */

export interface HistoryEntry<Doc, Place> {
  /** Unique within one history; names the state after this entry. */
  readonly id: number;
  /** For the menu: "Undo Connect". */
  readonly label: string;
  readonly before: Doc;
  readonly after: Doc;
  /** Where the user was, restored with the document: selection and open class. */
  readonly placeBefore: Place;
  readonly placeAfter: Place;
  /** Edits with the same key that follow each other closely are one step, such as typing in a field. */
  readonly merge: string | undefined;
  readonly atMs: number;
}

export interface History<Doc, Place> {
  readonly past: readonly HistoryEntry<Doc, Place>[];
  readonly future: readonly HistoryEntry<Doc, Place>[];
  /** Names the state before the oldest kept entry. */
  readonly baseId: number;
  /** The state that the file holds; undefined if no reachable state does. */
  readonly savedId: number | undefined;
  readonly nextId: number;
}

/** Steps that can be undone. Older ones are forgotten. */
export const HISTORY_LIMIT = 200;
/** Edits further apart than this are two steps even with the same merge key. */
export const MERGE_WINDOW_MS = 1000;

/** An empty history; `saved` says whether the file holds the document as it is now. */
export function startHistory<Doc, Place>(saved: boolean): History<Doc, Place> {
  return { past: [], future: [], baseId: 0, savedId: saved ? 0 : undefined, nextId: 1 };
}

/** Names the present state. */
export function currentId<Doc, Place>(history: History<Doc, Place>): number {
  return history.past.at(-1)?.id ?? history.baseId;
}

/** Whether the file lacks something that the document has. */
export function isUnsaved<Doc, Place>(history: History<Doc, Place>): boolean {
  return history.savedId !== currentId(history);
}

/** The file now holds `document`, which may have been edited or undone since the write began; `present` is the state of now. */
export function markSaved<Doc, Place>(history: History<Doc, Place>, document: Doc, present: Doc): History<Doc, Place> {
  return { ...history, savedId: document === present ? currentId(history) : findStateId(history, document) };
}

/** Names the state that holds a document; undefined if none that can be reached does. */
function findStateId<Doc, Place>({ past, future, baseId }: History<Doc, Place>, document: Doc): number | undefined {
  const oldest = past[0] ?? future[0];
  if (oldest?.before === document) return baseId;
  return [...past, ...future].find((entry) => entry.after === document)?.id;
}

/** Adds a step, or widens the last one if both carry the same merge key. Forgets what could be redone. */
export function pushEntry<Doc, Place>(history: History<Doc, Place>, entry: Omit<HistoryEntry<Doc, Place>, 'id'>): History<Doc, Place> {
  const last = history.past.at(-1);
  const id = history.nextId;
  // The saved state stays reachable: a step that ends in it is never widened.
  if (last && canMerge(last, entry) && history.future.length === 0 && last.id !== history.savedId) {
    const merged = { ...entry, id, before: last.before, placeBefore: last.placeBefore };
    return { ...history, past: [...history.past.slice(0, -1), merged], nextId: id + 1 };
  }
  const past = [...history.past, { ...entry, id }];
  const dropped = past.length > HISTORY_LIMIT ? past[0] : undefined;
  return {
    ...history,
    past: dropped ? past.slice(1) : past,
    future: [],
    baseId: dropped ? dropped.id : history.baseId,
    nextId: id + 1,
  };
}

function canMerge<Doc, Place>(last: HistoryEntry<Doc, Place>, next: Omit<HistoryEntry<Doc, Place>, 'id'>): boolean {
  return next.merge !== undefined && last.merge === next.merge && next.atMs - last.atMs <= MERGE_WINDOW_MS;
}

/** Takes the last step back; undefined if there is none. */
export function stepBack<Doc, Place>(
  history: History<Doc, Place>,
): { readonly history: History<Doc, Place>; readonly entry: HistoryEntry<Doc, Place> } | undefined {
  const entry = history.past.at(-1);
  if (!entry) return undefined;
  return { entry, history: { ...history, past: history.past.slice(0, -1), future: [entry, ...history.future] } };
}

/** Does the next undone step again; undefined if there is none. */
export function stepForward<Doc, Place>(
  history: History<Doc, Place>,
): { readonly history: History<Doc, Place>; readonly entry: HistoryEntry<Doc, Place> } | undefined {
  const [entry, ...future] = history.future;
  if (!entry) return undefined;
  return { entry, history: { ...history, past: [...history.past, entry], future } };
}
