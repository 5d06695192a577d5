import { expressionNames, parseExpression, type Expression } from '../../../core/document/index.ts';
import { useServices } from '../../hooks/services.ts';
import { defineDialog } from './define-dialog.tsx';
import { TextQuestion } from './text-question.tsx';

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
function readTimes(text: string, fields: readonly string[]): { readonly answer: number | Expression } | { readonly fault: string } {
  const number = Number(text);
  const expected = `a whole number from 1 to ${MOST}`;
  if (text.trim() !== '' && Number.isFinite(number)) {
    return Number.isInteger(number) && number >= 1 && number <= MOST ? { answer: number } : { fault: `Expected ${expected}, got ${text}.` };
  }
  const unknown = parseExpression(text).ok ? expressionNames(text).filter((name) => !fields.includes(name)) : [text];
  if (unknown.length === 0) return { answer: { $: text } };
  const choice = fields.length === 0 ? '' : `, or an expression of ${fields.join(', ')}`;
  return { fault: `Expected ${expected}${choice}, got “${unknown.join(', ')}”.` };
}

function RepeatDialog({ name, present, fields }: RepeatAsk) {
  const { dialogs } = useServices();
  return (
    <TextQuestion
      title={`Repeat ${name}`}
      label="Times"
      verb="Repeat"
      text={String(present)}
      read={(text) => readTimes(text, fields)}
      onAnswer={(times) => dialogs.answer(times)}
    >
      <p>One after another, each with weights of its own.</p>
    </TextQuestion>
  );
}

export const repeatDialog = defineDialog('repeat', RepeatDialog);
