/** @file What a node is called where it is heard and not seen: what it is, what it gives, its mode, what is wrong, and where it stands. */
import type { FlowNodeRow } from '../flow-model.ts';

export interface Spoken {
  /** `eval`, `train`, or another mode; empty where it has none. */
  readonly modes: string;
  /** Its inside is drawn in place. */
  readonly isExpanded: boolean;
  /** Of the one that has the keyboard: the shape of what it gives, and where it comes in the order of reading. */
  readonly tabStop: string | undefined;
}

const WORDS = { error: 'problem', warning: 'warning', unfinished: 'unfinished', within: 'problem' } as const;

export function spokenName(row: FlowNodeRow, { modes, isExpanded, tabStop = '' }: Spoken): string {
  const { title, type, repeat, isShared, trouble } = row;
  const [problem, ...others] = trouble?.texts ?? [];
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return [
    title,
    repeat === null ? type : `${type} ${repeat}`,
    modes,
    row.isBypassed ? 'bypassed' : '',
    isShared ? 'shared weights' : '',
    isExpanded ? 'open in place' : '',
    trouble === undefined || problem === undefined ? '' : `${WORDS[trouble.kind]}: ${problem}${more}`,
    tabStop,
  ]
    .filter((part) => part !== '')
    .join(', ');
}
