/**
 * @file What the editor needs from the machine, as one interface: the preload bridge implements it on the desktop,
 * file access or download and upload in a plain browser tab.
 */

/** A file that was opened or saved: `name` for the title, `handle` for the next save (a path, or an index of file handles). */
export interface OpenedFile {
  readonly name: string;
  readonly handle: string | null;
  readonly text: string;
  /** How the file writes letters as bytes, where that is not UTF-8. */
  readonly encoding?: string;
}

export interface SavedFile {
  readonly name: string;
  readonly handle: string | null;
}

/** Text, or the bytes of what is none. */
export type FileContent = string | Uint8Array<ArrayBuffer>;

export interface FileKind {
  /** 'Espalier model' */
  readonly title: string;
  /** Without the dot: 'espalier'. */
  readonly extension: string;
  readonly mediaType: string;
}

/** Unsaved work that a window left which has ended. */
export interface LeftWork {
  readonly id: string;
  /** Milliseconds since 1970 at which it was last written; 0: not known. */
  readonly atMs: number;
  readonly text: string;
}

/** Unsaved work outlives a crash. Each window keeps its own, and is offered what windows before it have left. */
export interface Recovery {
  /** Keeps the present work of this window in place of what it kept before. */
  write(text: string): Promise<void>;
  /** This window has nothing unsaved any more. */
  clear(): Promise<void>;
  /** Newest first. What one window was offered, another one is not while the first is open. */
  left(): Promise<readonly LeftWork[]>;
  /** Deletes what another window left. */
  drop(id: string): Promise<void>;
}

export interface Platform {
  readonly kind: 'desktop' | 'browser';
  /** Undefined when the user cancels. */
  openFile(kinds: readonly FileKind[]): Promise<OpenedFile | undefined>;
  /** Writes to `handle` without asking. Throws an Error with a message for the user. */
  saveFile(handle: string, text: string): Promise<SavedFile>;
  /** Asks where; undefined when the user cancels. */
  saveFileAs(suggestedName: string, kind: FileKind, content: FileContent): Promise<SavedFile | undefined>;
  readonly recovery: Recovery;
  /** The unsaved dot, and the question before closing. */
  setUnsaved(unsaved: boolean, title: string): Promise<void>;
  /** Menu items and file associations of the desktop arrive as ids of commands, or as a file to open. */
  onCommand(listener: (commandId: string) => void): () => void;
  /** The window is being closed and the user wants it saved before: answers whether it was. */
  onSaveForClose(listener: () => Promise<boolean>): () => void;
  /** `listener` gets a promise, since a file that is dropped may prove unreadable. */
  onOpenFile(listener: (file: Promise<OpenedFile>) => void): () => void;
  /** Small preferences: panel sizes, theme. */
  readPreference(key: string): Promise<string | undefined>;
  writePreference(key: string, value: string): Promise<void>;
  /** Texts of the user's data files by the hash of their content. */
  readonly data: {
    read(name: string): Promise<string | undefined>;
    write(name: string, text: string): Promise<void>;
  };
  /** Text of a file that ships with the app: 'data/digits.csv', 'examples/model.espalier'. */
  readAsset(path: string): Promise<string>;
}
