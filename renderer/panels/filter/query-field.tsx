/** @file The field of the filter bar: a query, and below it what could stand at the cursor. */
import { type ChangeEvent, type KeyboardEvent, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { completeQuery, type Completion, type Completions, type QueryWords } from '../../../core/document/index.ts';
import { FIELD_IDS } from '../../ui/field-ids.ts';

export interface QueryFieldProps {
  readonly text: string;
  /** What of the model could be completed. */
  readonly words: () => QueryWords;
  readonly isBad: boolean;
  /** The id of what says how many match, or what is wrong. */
  readonly describedBy: string;
  readonly onChange: (text: string) => void;
  readonly onEnter: () => void;
  readonly onEscape: () => void;
}

const NOTHING_TO_COMPLETE: Completions = { from: 0, options: [] };

const HELP = [
  'type:Dropout and path:encoder and not path:head',
  'name:linear1 · path~block · shape:64 · shape:(…,64) · params>10k',
  'attr:deterministic=true · var:Param · a word of a path',
].join('\n');

/** Arrows choose, Enter or Tab takes it over, Escape closes; with nothing chosen Enter selects the matches. */
export function QueryField({ text, words, isBad, describedBy, onChange, onEnter, onEscape }: QueryFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [cursor, setCursor] = useState(0);
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const place = useRef<number | null>(null);
  const { from, options: shown } = useMemo(
    () => (isOpen ? completeQuery(text, Math.min(cursor, text.length), words()) : NOTHING_TO_COMPLETE),
    [text, cursor, words, isOpen],
  );

  // After a completion the cursor stands behind it.
  useLayoutEffect(() => {
    if (place.current === null) return;
    input.current?.setSelectionRange(place.current, place.current);
    place.current = null;
  });

  const take = (option: Completion): void => {
    const at = from + option.text.length;
    place.current = at;
    setCursor(at);
    setActive(-1);
    // A key wants its value next.
    setIsOpen(/[:~>]$/.test(option.text));
    onChange(text.slice(0, from) + option.text + text.slice(cursor));
    input.current?.focus();
  };
  const onType = (event: ChangeEvent<HTMLInputElement>): void => {
    setCursor(event.target.selectionStart ?? event.target.value.length);
    setActive(-1);
    setIsOpen(true);
    onChange(event.target.value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const chosen = shown[active];
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && (shown.length > 0 || event.key === 'ArrowDown')) {
      event.preventDefault();
      const at = event.currentTarget.selectionStart ?? text.length;
      setCursor(at);
      setIsOpen(true);
      const count = isOpen ? shown.length : completeQuery(text, at, words()).options.length;
      if (count > 0) setActive((now) => (event.key === 'ArrowDown' ? (now + 1) % count : (Math.max(now, 0) - 1 + count) % count));
    } else if (event.key === 'Tab' && !event.shiftKey && shown.length > 0 && (chosen || from < cursor)) {
      event.preventDefault();
      take(chosen ?? shown[0]!);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (chosen) take(chosen);
      else {
        setIsOpen(false);
        onEnter();
      }
    } else if (event.key === 'Escape') {
      // The list goes in any case: it would lie over what one looks at next.
      setIsOpen(false);
      setActive(-1);
      if (chosen) event.stopPropagation();
      else onEscape();
    } else return;
  };
  return (
    <div className="query-field">
      <input
        ref={input}
        className="input mono"
        id={FIELD_IDS.filter}
        role="combobox"
        aria-label="Filter modules"
        aria-invalid={isBad}
        aria-describedby={describedBy}
        aria-expanded={shown.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown[active] ? `${listId}-${active}` : undefined}
        placeholder="Filter modules: Dropout and not path:head, params>10k …"
        title={HELP}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={onType}
        onBlur={() => setIsOpen(false)}
        onKeyDown={onKeyDown}
      />
      {shown.length > 0 && (
        <div id={listId} className="query-options" role="listbox" aria-label="Completions">
          {shown.map((option, index) => (
            <div
              key={option.text}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              className="query-option"
              // The field keeps the focus.
              onPointerDown={(event) => {
                event.preventDefault();
                take(option);
              }}
            >
              <b>{option.text}</b>
              <span>{option.detail}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
