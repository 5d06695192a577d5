/**
 * @file What the editor needs from the machine, as one interface: the preload bridge implements it on the desktop,
 * file access or download and upload in a plain browser tab.
 */

/** A file that was opened or saved: `name` for the title, `handle` for the next save (a path, or an index of file handles). */
export interface OpenedFile {
  readonly name: string;
  readonly handle: string | null;
  readonly text: string;
}

export interface SavedFile {
  readonly name: string;
  readonly handle: string | null;
}

export interface FileKind {
  /** 'Espalier model' */
  readonly title: string;
  /** Without the dot: 'espalier'. */
  readonly extension: string;
  readonly mediaType: string;
}

export interface Platform {
  readonly kind: 'desktop' | 'browser';
  /** Undefined when the user cancels. */
  openFile(kinds: readonly FileKind[]): Promise<OpenedFile | undefined>;
  /** Writes to `handle` without asking. Throws an Error with a message for the user. */
  saveFile(handle: string, text: string): Promise<SavedFile>;
  /** Asks where; undefined when the user cancels. */
  saveFileAs(suggestedName: string, kind: FileKind, text: string): Promise<SavedFile | undefined>;
  /** The unsaved document survives a crash: kept until `clearRecovery`. */
  writeRecovery(text: string): Promise<void>;
  readRecovery(): Promise<string | undefined>;
  clearRecovery(): Promise<void>;
  /** The unsaved dot, and the question before closing. */
  setUnsaved(unsaved: boolean, title: string): void;
  /** Menu items and file associations of the desktop arrive as ids of commands, or as a file to open. */
  onCommand(listener: (commandId: string) => void): () => void;
  onOpenFile(listener: (file: OpenedFile) => void): () => void;
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
