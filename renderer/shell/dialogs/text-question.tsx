/** @file A dialog that asks for one line of text, and says below it why what stands there will not do. */
import { type ReactNode, useId, useState } from 'react';
import { useServices } from '../../hooks/services.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface TextQuestionProps<T> {
  readonly title: string;
  /** Of the field. */
  readonly label: string;
  /** Of the button that answers. */
  readonly verb: string;
  readonly text: string;
  /** What a text means, or why it means nothing. */
  readonly read: (text: string) => { readonly answer: T } | { readonly fault: string };
  readonly onAnswer: (answer: T) => void;
  readonly children?: ReactNode;
}

export function TextQuestion<T>({ title, label, verb, text: initial, read, onAnswer, children }: TextQuestionProps<T>) {
  const { dialogs } = useServices();
  const [text, setText] = useState(initial);
  const faultId = useId();
  const reading = read(text);
  const fault = 'fault' in reading ? reading.fault : undefined;
  const commit = (): void => {
    if ('answer' in reading) onAnswer(reading.answer);
  };
  return (
    <Dialog
      title={title}
      onClose={() => dialogs.answer()}
      actions={
        <>
          <Button onPress={() => dialogs.answer()}>Cancel</Button>
          <Button tone="primary" isDisabled={fault !== undefined} onPress={commit}>
            {verb}
          </Button>
        </>
      }
    >
      {children}
      <input
        className="input mono"
        aria-label={label}
        aria-invalid={fault !== undefined}
        aria-describedby={faultId}
        // The dialog is opened to type here.
        ref={(input) => input?.focus()}
        value={text}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
      <p id={faultId} className="field-fault">
        {fault ?? ''}
      </p>
    </Dialog>
  );
}
