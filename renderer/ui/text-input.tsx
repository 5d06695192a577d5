import { type KeyboardEvent, useId, useRef, useState } from 'react';

interface TextInputProps {
  readonly label: string;
  readonly value: string;
  /**
   * Called when the user leaves the field or presses Enter with another text in it. False, or words that say why: refused, so that it stays
   * to be mended; the words are shown below it.
   */
  readonly onCommit: (text: string) => boolean | string | void;
  readonly placeholder?: string;
  readonly isInvalid?: boolean;
  readonly isDisabled?: boolean;
  readonly isMono?: boolean;
  readonly isMultiline?: boolean;
  /** Steps a number by the arrow keys: gives the text after a step up (1) or down (−1). */
  readonly onStep?: (text: string, direction: 1 | -1) => string | undefined;
  readonly describedBy?: string | undefined;
  readonly id?: string;
}

interface Draft {
  readonly text: string;
  /** The value that it is to replace: where that has changed since, as by an undo, the draft is gone with it. */
  readonly of: string;
  /** Why it was refused; null before it was judged. */
  readonly fault: string | null;
}

/** A text field that commits on Enter, which leaves it unless it stands in a dialog, and when left, and takes its text back on Escape. */
export function TextInput(props: TextInputProps) {
  const { label, value, onCommit, placeholder, isInvalid = false, isDisabled = false, isMono = false, isMultiline = false } = props;
  const [kept, setDraft] = useState<Draft | null>(null);
  const isLeaving = useRef(false);
  const faultId = useId();
  const draft = kept?.of === value ? kept : null;
  const isRefused = draft !== null && draft.fault !== null;

  const commit = (text: string | undefined): boolean => {
    if (text === undefined) return true;
    const answer = text === value && !isRefused ? true : onCommit(text);
    const isTaken = answer !== false && typeof answer !== 'string';
    setDraft(isTaken ? null : { text, of: value, fault: answer === false ? '' : answer });
    return isTaken;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>): void => {
    const isBare = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation();
      // What was refused is taken back where it was judged, too.
      if (isRefused) commit(value);
      else setDraft(null);
    } else if (event.key === 'Enter' && !isMultiline && isBare && !event.nativeEvent.isComposing) {
      if (!commit(draft?.text)) return;
      // In a dialog the focus stays, or an Escape right behind would find nobody who closes it; elsewhere keys belong to the canvas again.
      if (event.currentTarget.closest('[role="dialog"], [role="alertdialog"]')) return event.currentTarget.select();
      isLeaving.current = true;
      event.currentTarget.blur();
      isLeaving.current = false;
    } else if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && isBare && props.onStep) {
      const stepped = props.onStep(draft?.text ?? value, event.key === 'ArrowUp' ? 1 : -1);
      if (stepped === undefined) return;
      event.preventDefault();
      commit(stepped);
    }
  };
  const fault = draft?.fault ?? '';
  const shared = {
    className: isMono ? 'input mono' : 'input',
    value: draft?.text ?? value,
    placeholder,
    disabled: isDisabled,
    'aria-label': label,
    'aria-invalid': isInvalid || isRefused,
    'aria-describedby': fault === '' ? props.describedBy : faultId,
    // Ctrl+Z in a field in which nothing was typed is that of the document.
    'data-untouched': draft === null || undefined,
    id: props.id,
    spellCheck: false,
    autoComplete: 'off',
    onBlur: () => {
      if (!isLeaving.current) commit(draft?.text);
    },
    onChange: (event: { readonly target: { readonly value: string } }) => setDraft({ text: event.target.value, of: value, fault: null }),
    onKeyDown,
  };
  return (
    <>
      {isMultiline ? <textarea {...shared} rows={3} /> : <input {...shared} type="text" onFocus={(event) => event.target.select()} />}
      {fault !== '' && (
        <p id={faultId} className="param-fault" role="alert">
          {fault}
        </p>
      )}
    </>
  );
}
