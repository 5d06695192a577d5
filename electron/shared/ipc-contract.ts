/**
 * @file Every channel between the window and the main process, with its signature. The one file that both sides may
 * see. Values are structured clones; errors cross as data, so that their message reaches the user unchanged.
 */

export interface FileKind {
  readonly title: string;
  readonly extension: string;
  readonly mediaType: string;
}

/** `handle` is an absolute path; the window only ever hands it back. */
export interface OpenedFile {
  readonly name: string;
  readonly handle: string;
  readonly text: string;
  /** How the file writes letters as bytes, where that is not UTF-8. */
  readonly encoding?: string;
}

export interface SavedFile {
  readonly name: string;
  readonly handle: string;
}

/** Unsaved work of a window that has ended. */
export interface LeftWork {
  readonly id: string;
  /** Milliseconds since 1970 at which it was last written. */
  readonly atMs: number;
  readonly text: string;
}

/** Requests of the window, answered by the main process. */
export interface IpcCalls {
  'file:open': (kinds: readonly FileKind[]) => OpenedFile | null;
  'file:save': (handle: string, text: string) => SavedFile;
  'file:save-as': (suggestedName: string, kind: FileKind, content: string | Uint8Array<ArrayBuffer>) => SavedFile | null;
  /** Each window keeps its unsaved work under a name of its own. */
  'recovery:write': (window: string, text: string) => null;
  'recovery:clear': (window: string) => null;
  /** What other windows have left. */
  'recovery:left': (window: string) => readonly LeftWork[];
  'preference:read': (key: string) => string | null;
  'preference:write': (key: string, value: string) => null;
  'window:unsaved': (unsaved: boolean, title: string) => null;
  /** The answer to `save-for-close`. */
  'window:saved-for-close': (saved: boolean) => null;
  /** The window is listening: files named on the command line may be sent. */
  'window:ready': () => null;
}

export type Channel = keyof IpcCalls;
export type CallArguments<C extends Channel> = Parameters<IpcCalls[C]>;
export type Result<C extends Channel> = ReturnType<IpcCalls[C]>;

/** What the main process tells the window, unasked. */
export interface IpcEvents {
  /** A menu item: the id of a command of the editor. */
  command: string;
  /** The user closes the window and wants its changes saved before: answered by `window:saved-for-close`. */
  'save-for-close': null;
  /** A file was opened by the system: file association, second start, recent files. */
  'open-file': OpenedFile;
}

export type EventName = keyof IpcEvents;

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** `window.espalier`, made by the preload script. */
export interface Bridge {
  call<C extends Channel>(channel: C, ...args: CallArguments<C>): Promise<Outcome<Result<C>>>;
  on<E extends EventName>(event: E, listener: (value: IpcEvents[E]) => void): () => void;
}

/** The name under which the preload script exposes the bridge. */
export const BRIDGE = 'espalier';

/** All calls in one place: the preload script forwards these and no others. */
export const CHANNELS: readonly Channel[] = [
  'file:open',
  'file:save',
  'file:save-as',
  'recovery:write',
  'recovery:clear',
  'recovery:left',
  'preference:read',
  'preference:write',
  'window:unsaved',
  'window:saved-for-close',
  'window:ready',
];

export const EVENTS: readonly EventName[] = ['command', 'save-for-close', 'open-file'];
