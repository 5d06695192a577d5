import { expect, it } from 'vitest';
import type { DialogKind } from '../../state/questions.ts';
import { DIALOGS } from './dialogs.tsx';

/** Does not compile when a kind is missing here or there. */
const KINDS: Readonly<Record<DialogKind, true>> = {
  about: true,
  chooseExample: true,
  chooseTemplate: true,
  commandPalette: true,
  confirmUnsaved: true,
  editCode: true,
  error: true,
  find: true,
  quickAdd: true,
  recover: true,
  rename: true,
  repeat: true,
  shortcuts: true,
};

it('draws every kind of question that can be asked, each by one file', () => {
  expect(DIALOGS.map(({ kind }) => kind).sort()).toEqual(Object.keys(KINDS).sort());
});
