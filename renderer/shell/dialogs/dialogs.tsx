/** @file Draws the dialog that is open, if one is: all files of this folder that are named `*.dialog.tsx`. */
import { useDialogs } from '../use-dialogs.ts';
import type { DialogView } from './define-dialog.tsx';
import './dialogs.css';

const files = import.meta.glob<Readonly<Record<string, DialogView>>>('./*.dialog.tsx', { eager: true });

export const DIALOGS: readonly DialogView[] = Object.values(files).flatMap((file) => Object.values(file));

export function Dialogs() {
  const open = useDialogs((state) => state.open);
  return open && DIALOGS.find(({ kind }) => kind === open.kind)?.draw(open);
}
