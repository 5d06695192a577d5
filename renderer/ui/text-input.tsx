import { type KeyboardEvent, useState } from 'react';

interface TextInputProps {
  readonly label: string;
  readonly value: string;
  /** Called when the user leaves the field or presses Enter with another text in it. False: refused, so that it stays to be mended. */
  readonly onCommit: (text: string) => boolean | void;
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

/** A text field that commits on Enter and when left, and takes its text back on Escape. */
export function TextInput(props: TextInputProps) {
  const { label, value, onCommit, placeholder, isInvalid = false, isDisabled = false, isMono = false, isMultiline = false } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const [isRefused, setIsRefused] = useState(false);

  const commit = (text: string | null): void => {
    if (text === null) return;
    const isTaken = (text === value && !isRefused) || onCommit(text) !== false;
    setDraft(isTaken ? null : text);
    setIsRefused(!isTaken);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>): void => {
    if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation();
      // What was refused is taken back where it was judged, too.
      if (isRefused) commit(value);
      else setDraft(null);
    } else if (event.key === 'Enter' && !isMultiline && !event.ctrlKey && !event.metaKey) {
      commit(draft);
    } else if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && props.onStep) {
      const stepped = props.onStep(draft ?? value, event.key === 'ArrowUp' ? 1 : -1);
      if (stepped === undefined) return;
      event.preventDefault();
      commit(stepped);
    }
  };
  const shared = {
    className: isMono ? 'input mono' : 'input',
    value: draft ?? value,
    placeholder,
    disabled: isDisabled,
    'aria-label': label,
    'aria-invalid': isInvalid || isRefused,
    'aria-describedby': props.describedBy,
    id: props.id,
    spellCheck: false,
    autoComplete: 'off',
    onBlur: () => commit(draft),
    onKeyDown,
  };
  if (isMultiline) return <textarea {...shared} rows={3} onChange={(event) => setDraft(event.target.value)} />;
  return <input {...shared} type="text" onChange={(event) => setDraft(event.target.value)} onFocus={(event) => event.target.select()} />;
}
