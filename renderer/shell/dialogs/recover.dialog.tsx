import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useServices } from '../../hooks/services.ts';

/** Asked at the start after a crash. Escape restores: the way that loses nothing. */
export function RecoverDialog({ name }: { readonly name: string }) {
  const { dialogs } = useServices();
  return (
    <Dialog
      title="Restore unsaved work?"
      isAlert
      onClose={() => dialogs.answer('restore')}
      actions={
        <>
          <Button tone="danger" onPress={() => dialogs.answer('discard')}>
            Discard it
          </Button>
          <Button tone="primary" autoFocus onPress={() => dialogs.answer('restore')}>
            Restore
          </Button>
        </>
      }
    >
      <p>“{name}” had changes that were not saved when the editor last closed.</p>
    </Dialog>
  );
}
