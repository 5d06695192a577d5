import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useServices } from '../../hooks/services.ts';
import { defineDialog } from './define-dialog.tsx';

declare module '../../state/questions.ts' {
  interface DialogKinds {
    confirmUnsaved: { ask: { readonly name: string }; answer: 'save' | 'discard' };
  }
}

/** Asked before unsaved work is left. Escape cancels, so that nothing is lost by accident. */
function ConfirmUnsavedDialog({ name }: { readonly name: string }) {
  const { dialogs } = useServices();
  return (
    <Dialog
      title={`Save the changes to ${name}?`}
      isAlert
      onClose={() => dialogs.answer()}
      actions={
        <>
          <Button tone="danger" onPress={() => dialogs.answer('discard')}>
            Don’t save
          </Button>
          <Button onPress={() => dialogs.answer()}>Cancel</Button>
          <Button tone="primary" autoFocus onPress={() => dialogs.answer('save')}>
            Save
          </Button>
        </>
      }
    >
      <p>They are lost otherwise.</p>
    </Dialog>
  );
}

export const confirmUnsavedDialog = defineDialog('confirmUnsaved', ConfirmUnsavedDialog);
