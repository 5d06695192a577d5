import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { diffDocuments, isOfMeaning } from '../../../core/diff/index.ts';
import type { ModelDocument } from '../../../core/document/index.ts';
import { readCode } from '../../../core/parse/index.ts';
import type { TakenCode } from '../../commands/shared/take-code.ts';
import { useServices } from '../../hooks/services.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatPlural } from '../../ui/format.ts';
import { defineDialog } from './define-dialog.tsx';
import './edit-code.css';

interface EditCodeAsk {
  readonly text: string;
  /** The open model. */
  readonly document: ModelDocument;
  /** Of the file that the code came from; absent: it is that of the open model. */
  readonly name?: string;
}

declare module '../../state/questions.ts' {
  interface DialogKinds {
    editCode: { ask: EditCodeAsk; answer: TakenCode };
  }
}

/** Flax code to be changed or pasted, and beside it what the model becomes by it, or the first line that is not understood. */
function EditCode({ text: initial, document, name }: EditCodeAsk) {
  const { dialogs } = useServices();
  const [text, setText] = useState(initial);
  const field = useRef<HTMLTextAreaElement>(null);
  const read = useDeferredValue(text);
  const reading = useMemo(() => readCode(read, document), [read, document]);
  const changes = useMemo(() => (reading.ok ? diffDocuments(document, reading.document).filter(isOfMeaning) : []), [reading, document]);
  const isCurrent = read === text;

  const goTo = (line: number): void => {
    const lines = text.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    field.current?.focus();
    field.current?.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  };
  const openNew = (): void => {
    const alone = readCode(text);
    if (alone.ok) dialogs.answer({ as: 'new', document: alone.document });
  };

  return (
    <Dialog
      title={name === undefined ? 'Edit Code' : `Code of ${name}`}
      isLarge
      onClose={() => dialogs.answer()}
      actions={
        <>
          <Button onPress={() => dialogs.answer()}>Cancel</Button>
          <Button isDisabled={!isCurrent || !reading.ok} onPress={openNew}>
            Open as new model
          </Button>
          <Button
            tone="primary"
            isDisabled={!isCurrent || !reading.ok || changes.length === 0}
            onPress={() => reading.ok && dialogs.answer({ as: 'change', document: reading.document })}
          >
            Change the model
          </Button>
        </>
      }
    >
      <div className="edit-code">
        <textarea
          className="input mono"
          aria-label="Flax code"
          spellCheck={false}
          autoCapitalize="off"
          wrap="off"
          // The dialog is opened to type here.
          ref={field}
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <section aria-label="What changes" aria-live="polite">
          {reading.ok ? (
            <>
              <h3>{changes.length === 0 ? 'Nothing changes' : formatPlural(changes.length, 'change')}</h3>
              {changes.length === 0 && (
                <p>Change the code, or paste other code in its place: the graph follows it, and what stays keeps its place.</p>
              )}
              <ul>
                {changes.map(({ message }, i) => (
                  // eslint-disable-next-line react/no-array-index-key -- a sentence may stand twice
                  <li key={i}>{message}</li>
                ))}
              </ul>
            </>
          ) : (
            <>
              <h3>
                <button type="button" className="link" onClick={() => goTo(reading.line)}>
                  Line {reading.line}
                </button>{' '}
                is not understood
              </h3>
              <p className="field-fault">{reading.message}</p>
              <p>The model stays as it is.</p>
            </>
          )}
        </section>
      </div>
    </Dialog>
  );
}

export const editCodeDialog = defineDialog('editCode', EditCode);
