import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useServices } from '../../hooks/services.ts';
import { defineDialog } from './define-dialog.tsx';

declare module '../../state/questions.ts' {
  interface DialogKinds {
    about: { ask: object; answer: never };
  }
}

/** What the program is and promises, and whose data ship with it. */
function AboutDialog() {
  const { dialogs } = useServices();
  return (
    <Dialog
      title="Espalier"
      onClose={() => dialogs.answer()}
      actions={
        <Button tone="primary" onPress={() => dialogs.answer()}>
          Close
        </Button>
      }
    >
      <p>
        An espalier is a tree that is trained to grow flat against a lattice, so that every branch can be seen and reached. This program
        does that to neural networks.
      </p>
      <p>What you see here is what Flax NNX computes: the same weights and inputs give the same outputs, intermediates and gradients.</p>
      <p>MIT licence. Data sets: UCI Optical Recognition of Handwritten Digits and Iris, CC BY 4.0.</p>
    </Dialog>
  );
}

export const aboutDialog = defineDialog('about', AboutDialog);
