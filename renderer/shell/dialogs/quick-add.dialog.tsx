import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import { findDescriptor } from '../../../core/index.ts';
import type { ModelClass, NodeId } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import { addLine, targetNow, type QuickAddPlace } from '../../commands/quick-add/add-line.ts';
import { replaceByLine, wordsFor } from '../../commands/quick-add/replace-line.ts';
import { findEntries, fitTester, listEntries, templateEntries, type QuickEntry } from '../../commands/quick-add/entries.ts';
import { cornerBelow } from '../../commands/quick-add/open-quick-add.ts';
import { guessEntries } from '../../commands/quick-add/guess.ts';
import { splitPart } from '../../commands/quick-add/read-line.ts';
import { specBehind } from '../../commands/quick-add/spec-behind.ts';
import { partsOf } from '../../commands/quick-add/tokens.ts';
import { useCheck, useOpenClass } from '../../hooks/derived.ts';
import { useDocument } from '../../hooks/document.ts';
import { useTemplates } from '../../hooks/templates.ts';
import { useServices } from '../../hooks/services.ts';
import { useSession } from '../../hooks/session.ts';
import { defineDialog } from './define-dialog.tsx';
import './quick-add.css';

const WIDTH = 380;
const HEIGHT = 380;

const inWindow = (at: number, size: number, whole: number): number => Math.max(8, Math.min(at, whole - size - 8));

/** The entries for the last part of what is typed, what fits where it would go first; where none has its letters, those that were meant perhaps. */
function useEntries(text: string, place: QuickAddPlace): { readonly found: readonly QuickEntry[]; readonly mistyped?: string } {
  const document = useDocument((model) => model);
  const openClass = useOpenClass();
  const check = useCheck();
  const selection = useSession((state) => state.selection);
  const instance = useSession((state) => state.open.at(-1)?.instance);
  const templates = useTemplates();
  const entries = useMemo(
    () => (openClass ? listEntries(document, openClass, templateEntries(templates)) : []),
    [document, openClass, templates],
  );
  const known = openClass && check.instanceAt(openClass.id, instance);
  const replaced = place.replace?.[0];
  const spec =
    openClass &&
    (replaced === undefined
      ? specBehind(targetNow(selection, openClass, place), openClass, known)
      : Object.values(known?.nodes.get(replaced)?.inputs ?? {})[0]);
  const fits = useMemo(() => fitTester(spec), [spec]);
  const family = openClass && replaced !== undefined ? familyOf(openClass, replaced) : undefined;
  return useMemo(() => {
    const query = splitPart(partsOf(text).at(-1) ?? '', entries).query;
    const offered = replaced === undefined ? entries : entries.filter(isNode);
    const entriesFound = findEntries(offered, query, fits, family).slice(0, 30);
    return entriesFound.length > 0 ? { found: entriesFound } : { found: guessEntries(offered, query), mistyped: query };
  }, [text, entries, fits, replaced, family]);
}

/** Of the type of a node: what is alike is what most take its place. */
function familyOf(modelClass: ModelClass, id: NodeId): QuickEntry['family'] | undefined {
  const node = modelClass.nodes[id];
  const type = node?.kind === 'op' ? node.op : node?.kind === 'call' ? graphOf(modelClass).behind(node.member)?.type : undefined;
  return type === undefined ? undefined : findDescriptor(type)?.family;
}

/** What a node can become: neither an output, which gives nothing on, nor a field. */
function isNode({ type, kind }: QuickEntry): boolean {
  return type !== 'output' && !(kind === 'word' && type === 'field');
}

/** Type, Enter, type on: each line is added where the one before ended. */
function QuickAdd(asked: QuickAddPlace) {
  const services = useServices();
  const { dialogs, canvas } = services;
  const [place, setPlace] = useState<QuickAddPlace>(() => ({ ...asked }));
  const [text, setText] = useState('');
  const [index, setIndex] = useState(0);
  const [fault, setFault] = useState('');
  const [said, setSaid] = useState('');
  const [corner, setCorner] = useState(asked.corner ?? asked.at ?? { x: window.innerWidth / 2 - WIDTH / 2, y: window.innerHeight * 0.2 });
  const listId = useId();
  const { found, mistyped } = useEntries(text, place);
  const active = found[Math.min(index, found.length - 1)];
  const { replace } = place;
  const openClass = useOpenClass();
  const replaced = replace && openClass ? wordsFor(openClass, replace) : '';

  const follow = (node: string | undefined): void => {
    const below = node === undefined ? undefined : cornerBelow(canvas, node);
    if (below) setCorner(below);
  };

  const add = (entry: QuickEntry | undefined): void => {
    const answer = replace ? replaceByLine(services, text, replace, entry) : addLine(services, text, place, entry);
    setFault(answer.ok ? '' : answer.message);
    if (!answer.ok) return;
    if (replace) {
      dialogs.answer('left');
      return;
    }
    setSaid(answer.said);
    setText('');
    setIndex(0);
    setPlace(({ at: _at, from: _from, insertInto: _wire, ...rest }) => rest);
    requestAnimationFrame(() => follow(answer.end));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      if (text.trim() === '' && index === 0 && said !== '') dialogs.answer('left');
      else add(active);
    } else if (event.key === 'Tab') dialogs.answer('left');
    else if (step !== 0) setIndex((Math.min(index, found.length - 1) + step + found.length) % Math.max(found.length, 1));
    else return;
    event.preventDefault();
  };
  const style = { left: inWindow(corner.x, WIDTH, window.innerWidth), top: inWindow(corner.y, HEIGHT, window.innerHeight) };
  return (
    <ModalOverlay className="quick-add-veil" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && dialogs.answer('left')}>
      <Modal className="quick-add" style={style}>
        <AriaDialog className="quick-add-dialog" aria-label={replace ? `Replace ${replaced}` : 'Quick add'}>
          <input
            // It is opened to type here.
            ref={(field) => field?.focus()}
            className="command-input"
            role="combobox"
            aria-label={replace ? `Replace ${replaced} by` : 'Add a layer, an op or a class'}
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={active ? `${listId}-${active.type}-${active.title}` : undefined}
            aria-invalid={fault !== ''}
            aria-describedby={`${listId}-fault`}
            placeholder={replace ? `Replace ${replaced} by …` : 'Linear 64, relu, add …'}
            spellCheck={false}
            autoComplete="off"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setIndex(0);
              setFault('');
            }}
            onKeyDown={onKeyDown}
          />
          <p id={`${listId}-fault`} className="quick-add-fault" role={fault === '' ? undefined : 'alert'}>
            {fault}
          </p>
          {mistyped !== undefined && found.length > 0 && (
            <p className="quick-add-guess" role="status">
              Nothing is called “{mistyped}”. Did you mean:
            </p>
          )}
          <ul
            id={listId}
            role="listbox"
            aria-label={replace ? 'What it can become' : 'What can be added'}
            className="command-list quick-add-list"
          >
            {found.map((entry) => (
              <EntryOption
                key={`${entry.type} ${entry.title}`}
                id={`${listId}-${entry.type}-${entry.title}`}
                entry={entry}
                isActive={entry === active}
                onChoose={() => add(entry)}
              />
            ))}
          </ul>
          {found.length === 0 && <p className="command-none">Nothing has these letters. Try another library’s name.</p>}
          {/* What was added is said in the log, as every edit. */}
          <p className="quick-add-foot">
            {said || (replace ? 'Wires and arguments stay that fit. Enter replaces, Esc leaves' : 'Enter adds and goes on, Esc leaves')}
          </p>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface EntryOptionProps {
  readonly id: string;
  readonly entry: QuickEntry;
  readonly isActive: boolean;
  readonly onChoose: () => void;
}

function EntryOption({ id, entry, isActive, onChoose }: EntryOptionProps) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={isActive}
      title={entry.doc}
      className="quick-add-option"
      data-family={entry.family}
      ref={(item) => {
        if (isActive) item?.scrollIntoView({ block: 'nearest' });
      }}
      // The keyboard stays in the field above.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <i className="chip" />
      <span>{entry.title}</span>
      <span className="quick-add-hint">{entry.hint}</span>
    </li>
  );
}

export const quickAddDialog = defineDialog('quickAdd', QuickAdd);
