/** @file Draws the dialog that is open, if one is. */
import type { OpenDialog } from '../../state/questions.ts';
import { useDialogs } from '../use-dialogs.ts';
import { AboutDialog } from './about-dialog.tsx';
import { CommandPalette } from './command-palette.tsx';
import { ConfirmUnsavedDialog } from './confirm-unsaved-dialog.tsx';
import { ErrorDialog } from './error-dialog.tsx';
import { ExamplesDialog } from './examples-dialog.tsx';
import { RecoverDialog } from './recover-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import './dialogs.css';

export function Dialogs() {
  const open = useDialogs((state) => state.open);
  return open ? <DialogOf open={open} /> : null;
}

function DialogOf({ open }: { readonly open: OpenDialog }) {
  switch (open.kind) {
    case 'confirmUnsaved':
      return <ConfirmUnsavedDialog name={open.name} />;
    case 'recover':
      return <RecoverDialog name={open.name} />;
    case 'chooseExample':
      return <ExamplesDialog />;
    case 'commandPalette':
      return <CommandPalette />;
    case 'rename':
      return <RenameDialog what={open.what} name={open.name} />;
    case 'shortcuts':
      return <ShortcutsDialog />;
    case 'about':
      return <AboutDialog />;
    case 'error':
      return <ErrorDialog report={open} />;
  }
}
