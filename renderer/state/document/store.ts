/**
 * @file The undoable part: the document, its history and the file that it came from. Changed by `edit`, `undo`, `redo`,
 * `load` and gestures; nothing else.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ModelDocument } from '../../../core/document/index.ts';
import { currentId, isUnsaved, markSaved, pushEntry, startHistory, stepBack, stepForward, type History } from './history.ts';

/** Reads and restores what belongs to a step without being part of the document. */
export interface PlacePort<Place> {
  read(): Place;
  restore(place: Place): void;
}

export interface DocumentFile {
  readonly name: string;
  /** For the next save without asking; null: ask. */
  readonly handle: string | null;
}

export interface EditOptions<Place> {
  /** Edits with the same key within a second are one step. */
  readonly merge?: string;
  /** Where the user is after the edit, such as with the new node selected. Redo restores it. */
  readonly place?: Place;
}

interface Gesture<Place> {
  readonly label: string;
  readonly before: ModelDocument;
  readonly placeBefore: Place;
}

export interface DocumentState<Place = unknown> {
  readonly document: ModelDocument;
  readonly history: History<ModelDocument, Place>;
  readonly gesture: Gesture<Place> | null;
  readonly file: DocumentFile | null;
  /** How often a document was loaded: changes when everything on the canvas is new. */
  readonly loads: number;
}

export type Recipe = (document: ModelDocument) => ModelDocument;

export interface DocumentStore<Place = unknown> extends Pick<StoreApi<DocumentState<Place>>, 'getState' | 'subscribe' | 'getInitialState'> {
  /** One undoable step, unless the recipe gives the same document back. Within a gesture it is part of that gesture. */
  edit(label: string, recipe: Recipe, options?: EditOptions<Place>): void;
  /** Opens a gesture such as a drag: many edits, one step. */
  begin(label: string): void;
  commit(): void;
  /** Takes back all edits since `begin`. */
  cancel(): void;
  /** False if there is nothing to undo, or a gesture is open. */
  undo(): boolean;
  redo(): boolean;
  /** Undoes or does again until so many steps are done, at once; false if there are none to, or a gesture is open. */
  goTo(done: number): boolean;
  /** Replaces the document and forgets the history. `saved: false`: it differs from its file, such as after recovery. */
  load(document: ModelDocument, file: DocumentFile | null, options?: { readonly saved?: boolean }): void;
  /** The file now holds `document` (which may have been edited since the write began). */
  markSaved(file: DocumentFile, document: ModelDocument): void;
}

export interface DocumentStoreOptions<Place> {
  readonly document: ModelDocument;
  readonly file?: DocumentFile | null;
  readonly place: PlacePort<Place>;
  /** Milliseconds; decides which edits merge. */
  readonly now?: () => number;
}

export function createDocumentStore<Place>(options: DocumentStoreOptions<Place>): DocumentStore<Place> {
  const { place, now = () => performance.now() } = options;
  const store = createStore<DocumentState<Place>>(() => ({
    document: options.document,
    history: startHistory(true),
    gesture: null,
    file: options.file ?? null,
    loads: 0,
  }));
  const { getState, setState } = store;

  const record = (label: string, before: ModelDocument, after: ModelDocument, placeBefore: Place, edit: EditOptions<Place>): void => {
    const { history } = getState();
    const placeAfter = edit.place ?? place.read();
    const entry = { label, before, after, placeBefore, placeAfter, merge: edit.merge, atMs: now() };
    setState({ document: after, history: pushEntry(history, entry) });
  };

  return {
    getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    edit(label, recipe, edit = {}) {
      const { document, gesture } = getState();
      const after = recipe(document);
      if (after !== document) {
        if (gesture) setState({ document: after });
        else record(label, document, after, place.read(), edit);
      }
      if (edit.place !== undefined) place.restore(edit.place);
    },
    begin(label) {
      if (getState().gesture) throw new Error('A gesture is open already. Commit or cancel it before the next one begins.');
      setState({ gesture: { label, before: getState().document, placeBefore: place.read() } });
    },
    commit() {
      const { gesture, document } = getState();
      if (!gesture) return;
      setState({ gesture: null });
      if (document !== gesture.before) record(gesture.label, gesture.before, document, gesture.placeBefore, {});
    },
    cancel() {
      const { gesture } = getState();
      if (!gesture) return;
      setState({ gesture: null, document: gesture.before });
      place.restore(gesture.placeBefore);
    },
    undo() {
      const step = getState().gesture ? undefined : stepBack(getState().history);
      if (!step) return false;
      setState({ document: step.entry.before, history: step.history });
      place.restore(step.entry.placeBefore);
      return true;
    },
    redo() {
      const step = getState().gesture ? undefined : stepForward(getState().history);
      if (!step) return false;
      setState({ document: step.entry.after, history: step.history });
      place.restore(step.entry.placeAfter);
      return true;
    },
    goTo(done) {
      const { gesture, history } = getState();
      if (gesture) return false;
      let [reached, document, where] = [history, getState().document, undefined as Place | undefined];
      while (reached.past.length !== done) {
        const isBack = reached.past.length > done;
        const step = isBack ? stepBack(reached) : stepForward(reached);
        if (!step) break;
        reached = step.history;
        document = isBack ? step.entry.before : step.entry.after;
        where = isBack ? step.entry.placeBefore : step.entry.placeAfter;
      }
      if (reached === history) return false;
      setState({ document, history: reached });
      if (where !== undefined) place.restore(where);
      return true;
    },
    load(document, file, { saved = true } = {}) {
      setState({ document, file, gesture: null, history: startHistory(saved), loads: getState().loads + 1 });
    },
    markSaved(file, document) {
      const { history, document: present, gesture } = getState();
      // What a gesture shows is no state of the history yet.
      setState({ file, history: markSaved(history, document, gesture ? gesture.before : present) });
    },
  };
}

/** The label of what undo would take back, or undefined. */
export function undoLabel<Place>(state: DocumentState<Place>): string | undefined {
  return state.gesture ? undefined : state.history.past.at(-1)?.label;
}

export function redoLabel<Place>(state: DocumentState<Place>): string | undefined {
  return state.gesture ? undefined : state.history.future[0]?.label;
}

/** Whether there is something to lose. */
export function hasUnsavedChanges<Place>(state: DocumentState<Place>): boolean {
  return state.gesture !== null || isUnsaved(state.history);
}

/** Changes with every step; equal numbers in one session mean equal documents. */
export function stateId<Place>(state: DocumentState<Place>): number {
  return currentId(state.history);
}
