import { nameFault } from '../../../core/document/index.ts';
import { useServices } from '../../hooks/services.ts';
import { defineDialog } from './define-dialog.tsx';
import { TextQuestion } from './text-question.tsx';

interface RenameAsk {
  /** What it may be called depends on it. */
  readonly what: 'member' | 'input' | 'output';
  readonly name: string;
  /** Names that it may not have, as others have them. */
  readonly taken?: readonly string[];
}

declare module '../../state/questions.ts' {
  interface DialogKinds {
    rename: { ask: RenameAsk; answer: string };
  }
}

function RenameDialog({ what, name, taken = [] }: RenameAsk) {
  const { dialogs } = useServices();
  const read = (text: string) => {
    const expected = nameFault(text, what);
    if (text !== name && taken.includes(text))
      return { fault: `Expected a name that is free, got "${text}", which is taken. Choose another.` };
    return expected === undefined ? { answer: text } : { fault: `Expected ${expected}.` };
  };
  const title = `Rename ${what} ${name}`;
  return (
    <TextQuestion title={title} label="New name" verb="Rename" text={name} read={read} onAnswer={(answer) => dialogs.answer(answer)} />
  );
}

export const renameDialog = defineDialog('rename', RenameDialog);
