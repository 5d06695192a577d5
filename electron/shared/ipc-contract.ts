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
}

export interface SavedFile {
  readonly name: string;
  readonly handle: string;
}

/** Requests of the window, answered by the main process. */
export interface IpcCalls {
  'file:open': (kinds: readonly FileKind[]) => OpenedFile | null;
  'file:save': (handle: string, text: string) => SavedFile;
  'file:save-as': (suggestedName: string, kind: FileKind, text: string) => SavedFile | null;
  'recovery:write': (text: string) => null;
  'recovery:read': () => string | null;
  'recovery:clear': () => null;
  'preference:read': (key: string) => string | null;
  'preference:write': (key: string, value: string) => null;
  'window:unsaved': (unsaved: boolean, title: string) => null;
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
  'recovery:read',
  'recovery:clear',
  'preference:read',
  'preference:write',
  'window:unsaved',
  'window:ready',
];

export const EVENTS: readonly EventName[] = ['command', 'open-file'];
