/**
 * @file What the program asks and tells: one dialog at a time, awaited by the command that opened it, and short notices
 * that go by themselves. Components draw it; commands and tests answer it.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface ErrorReport {
  readonly title: string;
  /** One sentence. */
  readonly message: string;
  /** Each line one fact: where, what was expected, what came. */
  readonly details?: readonly { readonly label: string; readonly text: string }[];
  /** The next move, as an instruction. */
  readonly hint?: string;
}

/** Questions by kind, and what each is answered with; undefined: closed without an answer. The file that draws a dialog adds its kind. */
export interface DialogKinds {
  error: { ask: ErrorReport; answer: never };
}

export type DialogKind = keyof DialogKinds;
export type DialogAsk<K extends DialogKind> = DialogKinds[K]['ask'];
export type DialogAnswer<K extends DialogKind> = DialogKinds[K]['answer'];
export type OpenDialog = { readonly [K in DialogKind]: { readonly kind: K } & DialogAsk<K> }[DialogKind];

export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'error';
  readonly text: string;
}

export interface DialogsState {
  readonly open: OpenDialog | null;
  readonly notices: readonly Notice[];
}

export interface Dialogs extends Pick<StoreApi<DialogsState>, 'getState' | 'subscribe' | 'getInitialState'> {
  /** Opens a dialog; one that is open already is closed without an answer. */
  ask<K extends DialogKind>(kind: K, ask: DialogAsk<K>): Promise<DialogAnswer<K> | undefined>;
  /** Closes the open dialog. */
  answer(answer?: DialogAnswer<DialogKind>): void;
  tell(text: string, tone?: Notice['tone']): void;
  dismiss(id: number): void;
}

/** Notices beyond this many push the oldest out. */
const NOTICE_LIMIT = 3;

export function createDialogs(): Dialogs {
  const store = createStore<DialogsState>(() => ({ open: null, notices: [] }));
  const { getState, setState } = store;
  let settle: ((answer: DialogAnswer<DialogKind> | undefined) => void) | undefined;
  let nextNotice = 1;

  const close = (answer?: DialogAnswer<DialogKind>): void => {
    const settleOpen = settle;
    settle = undefined;
    setState({ open: null });
    settleOpen?.(answer);
  };

  return {
    getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    ask<K extends DialogKind>(kind: K, ask: DialogAsk<K>) {
      if (getState().open) close();
      return new Promise<DialogAnswer<K> | undefined>((resolve) => {
        settle = (answer) => resolve(answer as DialogAnswer<K> | undefined);
        setState({ open: { kind, ...ask } as OpenDialog });
      });
    },
    answer: close,
    tell(text, tone = 'info') {
      const notice = { id: nextNotice++, tone, text };
      setState({ notices: [...getState().notices, notice].slice(-NOTICE_LIMIT) });
    },
    dismiss: (id) => setState({ notices: getState().notices.filter((notice) => notice.id !== id) }),
  };
}
