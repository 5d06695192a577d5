import { useCallback, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import type { Check } from '../../../core/check/index.ts';
import { goToFound } from '../../commands/find-again.command.ts';
import { useCheck } from '../../hooks/derived.ts';
import { useDocument } from '../../hooks/document.ts';
import { useServices } from '../../hooks/services.ts';
import { findText, indexText, type FindIndex, type Found } from '../../state/derived/find-text.ts';
import { inSlices } from '../../state/slices.ts';
import { formatPlural } from '../../ui/format.ts';
import { KeepEnd } from '../../ui/keep-end.tsx';
import { useActiveOption } from '../../ui/use-active-option.ts';
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list.tsx';
import { defineDialog } from './define-dialog.tsx';

declare module '../../state/questions.ts' {
  interface DialogKinds {
    find: { ask: object; answer: string };
  }
}

const ROW_HEIGHT = 30;

/** What is searched, once it has been read; made anew where the model changes. */
function useFindIndex(): FindIndex | null {
  const document = useDocument((model) => model);
  const check = useCheck();
  const [made, setMade] = useState<{ readonly of: Check; readonly index: FindIndex } | null>(null);
  useEffect(() => inSlices(indexText(document, check), (index) => setMade({ of: check, index })), [document, check]);
  return made?.of === check ? made.index : null;
}

/** Type a few letters, choose by arrow keys, jump by Enter. */
function Find() {
  const services = useServices();
  const { dialogs, session } = services;
  const index = useFindIndex();
  // Ctrl+F again begins with what was sought, which typing replaces.
  const [text, setText] = useState(() => session.getState().lastFind?.text ?? '');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const list = useRef<VirtualListHandle>(null);
  const listId = useId();
  const sought = useDeferredValue(text);
  const found = useMemo(() => (index ? findText(index, sought) : []), [index, sought]);
  const keyOf = useCallback((at: number) => found[at]!.key, [found]);

  const jump = (at: number): void => {
    const to = found[at];
    if (!to) return;
    dialogs.answer(to.key);
    goToFound(services, sought, found, at);
  };
  const option = useActiveOption(found.length, jump, (at) => list.current?.show(at));
  return (
    <ModalOverlay className="modal-veil top" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && dialogs.answer()}>
      <Modal className="modal wide">
        <AriaDialog className="command-palette" aria-label="Find">
          <input
            className="command-input"
            role="combobox"
            aria-label="Find in all classes"
            aria-expanded={found.length > 0}
            aria-controls={listId}
            aria-activedescendant={found[option.index] ? `${listId}-${option.index}` : undefined}
            placeholder="A name, path, type, argument, shape or note"
            ref={input}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              option.setIndex(0);
              list.current?.show(0);
            }}
            onKeyDown={option.onKeyDown}
          />
          {found.length > 0 && (
            <VirtualList
              id={listId}
              role="listbox"
              aria-label="Found"
              className="find-list"
              style={{ height: Math.min(found.length, 10) * ROW_HEIGHT }}
              count={found.length}
              itemHeight={ROW_HEIGHT}
              keyOf={keyOf}
              handle={list}
            >
              {(at) => <FoundOption id={`${listId}-${at}`} found={found[at]!} isActive={at === option.index} onChoose={() => jump(at)} />}
            </VirtualList>
          )}
          <p className="command-none" role="status">
            {!index
              ? 'Reading the model …'
              : sought.trim() === ''
                ? 'Looks through all classes, also those that are not open.'
                : found.length === 0
                  ? 'Nothing has these letters. Try fewer of them, or a type such as Linear, a shape such as 8×8, or a path such as encoder/dense.'
                  : formatPlural(found.length, 'place')}
          </p>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface FoundOptionProps {
  readonly id: string;
  readonly found: Found;
  readonly isActive: boolean;
  readonly onChoose: () => void;
}

function FoundOption({ id, found: { name, detail, where, beside }, isActive, onChoose }: FoundOptionProps) {
  return (
    // The keyboard stays in the text field above: it names the active option.
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      className="command-option find-option"
      title={`${where}\n${detail}`}
      onClick={onChoose}
    >
      <b>
        <KeepEnd text={name} />
      </b>
      <span>{detail}</span>
      <small>
        <KeepEnd text={where} />
        {beside > 0 && ` and ${beside} more`}
      </small>
    </div>
  );
}

export const findDialog = defineDialog('find', Find);
