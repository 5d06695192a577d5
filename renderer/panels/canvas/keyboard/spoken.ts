/** @file What a node is called where it is heard and not seen: what it is, what it gives, its mode, what is wrong, and where it stands. */
import type { Found } from '../../../state/runs/found-in-run.ts';
import type { FlowNodeRow } from '../flow-model.ts';

export interface Spoken {
  /** `eval`, `train`, or another mode; empty where it has none. */
  readonly modes: string;
  /** Its inside is drawn in place. */
  readonly isExpanded: boolean;
  /** Of the one that has the keyboard: the shape of what it gives, and where it comes in the order of reading. */
  readonly tabStop: string | undefined;
  /** What the diagnoses found at it, or within. */
  readonly found?: Found | undefined;
}

const WORDS = { error: 'problem', warning: 'warning', unfinished: 'unfinished', within: 'problem' } as const;

export function spokenName(row: FlowNodeRow, { modes, isExpanded, tabStop = '', found }: Spoken): string {
  const { title, type, repeat, isShared, trouble } = row;
  return [
    title,
    repeat === null ? type : `${type} ${repeat}`,
    modes,
    row.isBypassed ? 'bypassed' : '',
    isShared ? 'shared weights' : '',
    isExpanded ? 'open in place' : '',
    trouble === undefined ? '' : firstOf(WORDS[trouble.kind], trouble.texts),
    found === undefined ? '' : firstOf('found in the run', found.texts),
    tabStop,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function firstOf(what: string, [first, ...others]: readonly string[]): string {
  if (first === undefined) return '';
  return `${what}: ${first}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}
