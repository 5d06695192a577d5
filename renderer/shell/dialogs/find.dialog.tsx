import { type KeyboardEvent, useCallback, useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import { showPlace } from '../../commands/show-place.ts';
import { useCheck } from '../../hooks/derived.ts';
import { useDocument } from '../../hooks/document.ts';
import { useServices } from '../../hooks/services.ts';
import { findText, type Found } from '../../state/derived/find-text.ts';
import { formatPlural } from '../../ui/format.ts';
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list.tsx';
import { defineDialog } from './define-dialog.tsx';

declare module '../../state/questions.ts' {
  interface DialogKinds {
    find: { ask: object; answer: string };
  }
}

const ROW_HEIGHT = 30;

/** Type a few letters, choose by arrow keys, jump by Enter. */
function Find() {
  const services = useServices();
  const { dialogs, session } = services;
  const document = useDocument((model) => model);
  const check = useCheck();
  const [text, setText] = useState('');
  const [index, setIndex] = useState(0);
  const list = useRef<VirtualListHandle>(null);
  const listId = useId();
  const sought = useDeferredValue(text);
  const found = useMemo(() => findText(document, check, sought), [document, check, sought]);
  const keyOf = useCallback((at: number) => found[at]!.key, [found]);
  const active = Math.min(index, found.length - 1);

  const jump = (to: Found | undefined): void => {
    if (!to) return;
    dialogs.answer(to.key);
    showPlace(services, { class: to.class, ...(to.node === undefined ? {} : { node: to.node }) });
    if (to.annotation !== undefined) session.select({ annotations: [to.annotation] });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter') {
      event.preventDefault();
      jump(found[active]);
    } else if (step !== 0 && found.length > 0) {
      event.preventDefault();
      const next = (active + step + found.length) % found.length;
      setIndex(next);
      list.current?.show(next);
    }
  };
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
            aria-activedescendant={found[active] ? `${listId}-${active}` : undefined}
            placeholder="A name, path, type, argument, shape or note"
            ref={(input) => input?.focus()}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setIndex(0);
              list.current?.show(0);
            }}
            onKeyDown={onKeyDown}
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
              {(at) => <FoundOption id={`${listId}-${at}`} found={found[at]!} isActive={at === active} onChoose={() => jump(found[at])} />}
            </VirtualList>
          )}
          <p className="command-none" role="status">
            {sought.trim() === '' ? 'Looks through all classes, also those that are not open.' : formatPlural(found.length, 'place')}
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

function FoundOption({ id, found: { name, detail, where }, isActive, onChoose }: FoundOptionProps) {
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
      <b>{name}</b>
      <span>{detail}</span>
      <small>{where}</small>
    </div>
  );
}

export const findDialog = defineDialog('find', Find);
