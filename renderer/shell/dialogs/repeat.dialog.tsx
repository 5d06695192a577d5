import { useState } from 'react';
import { expressionNames, parseExpression, type Expression } from '../../../core/document/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useServices } from '../../hooks/services.ts';
import { defineDialog } from './define-dialog.tsx';

interface RepeatAsk {
  readonly name: string;
  readonly present: number;
  /** What an expression may name. */
  readonly fields: readonly string[];
}

declare module '../../state/questions.ts' {
  interface DialogKinds {
    repeat: { ask: RepeatAsk; answer: number | Expression };
  }
}

const MOST = 1000;

/** A number of repeats, an expression over the fields, or why it is neither. */
function readTimes(text: string, fields: readonly string[]): { readonly times: number | Expression } | { readonly fault: string } {
  const number = Number(text);
  const expected = `a whole number from 1 to ${MOST}`;
  if (text.trim() !== '' && Number.isFinite(number)) {
    return Number.isInteger(number) && number >= 1 && number <= MOST ? { times: number } : { fault: `Expected ${expected}, got ${text}.` };
  }
  const unknown = parseExpression(text).ok ? expressionNames(text).filter((name) => !fields.includes(name)) : [text];
  if (unknown.length === 0) return { times: { $: text } };
  const choice = fields.length === 0 ? '' : `, or an expression of ${fields.join(', ')}`;
  return { fault: `Expected ${expected}${choice}, got “${unknown.join(', ')}”.` };
}

function RepeatDialog({ name, present, fields }: RepeatAsk) {
  const { dialogs } = useServices();
  const [text, setText] = useState(String(present));
  const reading = readTimes(text, fields);
  const fault = 'fault' in reading ? reading.fault : undefined;
  const commit = (): void => {
    if ('times' in reading) dialogs.answer(reading.times);
  };
  return (
    <Dialog
      title={`Repeat ${name}`}
      onClose={() => dialogs.answer()}
      actions={
        <>
          <Button onPress={() => dialogs.answer()}>Cancel</Button>
          <Button tone="primary" isDisabled={fault !== undefined} onPress={commit}>
            Repeat
          </Button>
        </>
      }
    >
      <p>One after another, each with weights of its own.</p>
      <input
        className="input mono"
        aria-label="Times"
        aria-invalid={fault !== undefined}
        aria-describedby="repeat-fault"
        // The dialog is opened to type here.
        ref={(input) => input?.focus()}
        value={text}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
      <p id="repeat-fault" className="field-fault">
        {fault ?? ''}
      </p>
    </Dialog>
  );
}

export const repeatDialog = defineDialog('repeat', RepeatDialog);
