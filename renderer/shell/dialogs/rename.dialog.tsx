import { useState } from 'react';
import { nameFault } from '../../../core/document/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useServices } from '../../hooks/services.ts';
import { defineDialog } from './define-dialog.tsx';

interface RenameAsk {
  /** What it may be called depends on it. */
  readonly what: 'member' | 'input' | 'output';
  readonly name: string;
}

declare module '../../state/questions.ts' {
  interface DialogKinds {
    rename: { ask: RenameAsk; answer: string };
  }
}

function RenameDialog({ what, name }: RenameAsk) {
  const { dialogs } = useServices();
  const [text, setText] = useState(name);
  const fault = nameFault(text, what);
  const commit = (): void => {
    if (fault === undefined) dialogs.answer(text);
  };
  return (
    <Dialog
      title={`Rename ${what} ${name}`}
      onClose={() => dialogs.answer()}
      actions={
        <>
          <Button onPress={() => dialogs.answer()}>Cancel</Button>
          <Button tone="primary" isDisabled={fault !== undefined} onPress={commit}>
            Rename
          </Button>
        </>
      }
    >
      <input
        className="input mono"
        aria-label="New name"
        aria-invalid={fault !== undefined}
        aria-describedby="rename-fault"
        // The dialog is opened to type here.
        ref={(input) => input?.focus()}
        value={text}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
      <p id="rename-fault" className="field-fault">
        {fault === undefined ? '' : `Expected ${fault}.`}
      </p>
    </Dialog>
  );
}

export const renameDialog = defineDialog('rename', RenameDialog);
