/** @file Documents to insert: the templates that ship with the app, and the user's own library. Read when they are first needed. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { parseDocument, uniqueName, writeDocument, type ModelDocument } from '../../core/document/index.ts';
import type { Platform } from '../platform/platform.ts';

export interface Template {
  readonly key: string;
  readonly title: string;
  /** What it does, in a sentence. */
  readonly description: string;
  /** Of the library of the user, so that it can be renamed and removed. */
  readonly isOwn: boolean;
  readonly document: ModelDocument;
}

interface TemplatesState {
  /** Own blocks first. */
  readonly all: readonly Template[];
}

export interface Templates extends Pick<StoreApi<TemplatesState>, 'getState' | 'getInitialState' | 'subscribe'> {
  /** Reads them, the first time. @throws Error with a message for the user if a shipped one cannot be read */
  need(): Promise<void>;
  /** Keeps a document in the library, and gives its title there: a free one, since a block of before is never written over. */
  keep(document: ModelDocument): Promise<string>;
  /** Gives a block of the library another title. @throws Error with a message for the user where another one has it */
  rename(key: string, title: string): Promise<void>;
  remove(key: string): Promise<void>;
}

const LIBRARY = 'library';
type Kept = readonly { readonly title: string; readonly text: string }[];

export function createTemplates(platform: Pick<Platform, 'readAsset' | 'readPreference' | 'writePreference'>): Templates {
  const store = createStore<TemplatesState>(() => ({ all: [] }));
  let shipped: readonly Template[] = [];
  let reading: Promise<void> | undefined;

  // Other windows keep blocks, too: each change begins with what is kept by then.
  const readOwn = async (): Promise<Kept> => keptIn(await platform.readPreference(LIBRARY));
  const show = (own: Kept): void => store.setState({ all: [...own.flatMap(ownTemplate), ...shipped] });
  const change = async (edit: (own: Kept) => Kept): Promise<void> => {
    const own = edit(await readOwn());
    await platform.writePreference(LIBRARY, JSON.stringify(own));
    show(own);
  };
  const read = async (): Promise<void> => {
    const index = JSON.parse(await platform.readAsset('templates/index.json')) as readonly { readonly file: string }[];
    shipped = await Promise.all(
      index.map(async ({ file }) => templateOf(file, false, await platform.readAsset(`templates/${file}`)) ?? unreadable(file)),
    );
    show(await readOwn());
  };

  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    need() {
      reading ??= read().catch((error: unknown) => {
        reading = undefined;
        throw error;
      });
      return reading;
    },
    async keep(document) {
      const text = writeDocument(document);
      let kept = document.name;
      await change((own) => {
        const same = own.find((each) => each.text === text);
        kept =
          same?.title ??
          uniqueName(
            document.name,
            own.map(({ title }) => title),
          );
        return same ? own : [...own, { title: kept, text }];
      });
      return kept;
    },
    rename: (key, title) =>
      change((own) => {
        const isTaken = own.some((each) => each.title === title && ownKey(each.title) !== key);
        if (isTaken) throw new Error(`“${title}” is another block of the library. Choose a title that none has.`);
        return own.map((each) => (ownKey(each.title) === key ? { ...each, title } : each));
      }),
    remove: (key) => change((own) => own.filter(({ title }) => ownKey(title) !== key)),
  };
}

const ownKey = (title: string): string => `own:${title}`;

function ownTemplate({ title, text }: Kept[number]): readonly Template[] {
  const template = templateOf(ownKey(title), true, text);
  return template ? [{ ...template, title }] : [];
}

function templateOf(key: string, isOwn: boolean, text: string): Template | undefined {
  const result = parseDocument(text);
  if (!result.ok) return undefined;
  const { document } = result;
  const description = document.classes[document.root.class]?.doc ?? '';
  return { key, title: document.name, description, isOwn, document };
}

function unreadable(file: string): never {
  throw new Error(`The template ${file} cannot be read. Install the app again if this stays.`);
}

/** What was kept by another version, or by hand, and is no library, is none. */
function keptIn(text: string | undefined): Kept {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? (value as readonly unknown[]).filter(isKept) : [];
  } catch {
    return [];
  }
}

function isKept(value: unknown): value is Kept[number] {
  return (
    typeof value === 'object' &&
    value !== null &&
    'title' in value &&
    typeof value.title === 'string' &&
    'text' in value &&
    typeof value.text === 'string'
  );
}
