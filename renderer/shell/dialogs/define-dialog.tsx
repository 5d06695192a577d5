/**
 * @file What a dialog is. A new one is one new file `*.dialog.tsx` of this folder: it declares what it is asked and answered with,
 * `declare module '../../state/questions.ts' { interface DialogKinds { … } }`, and exports what draws it.
 */
import type { ComponentType, ReactNode } from 'react';
import type { DialogAsk, DialogKind, OpenDialog } from '../../state/questions.ts';

export interface DialogView {
  readonly kind: DialogKind;
  readonly draw: (open: OpenDialog) => ReactNode;
}

/** `Content` gets what was asked as its props, and answers by `dialogs.answer`. */
export function defineDialog<K extends DialogKind>(kind: K, Content: ComponentType<DialogAsk<K>>): DialogView {
  const isOurs = (open: OpenDialog): open is OpenDialog & DialogAsk<K> => open.kind === kind;
  return { kind, draw: (open) => (isOurs(open) ? drawWith<DialogAsk<K>>(Content, open) : null) };
}

function drawWith<P extends object>(Content: ComponentType<P>, props: P): ReactNode {
  return <Content {...props} />;
}
