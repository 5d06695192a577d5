/** @file The code that the panel shows: of a target, the whole model, the open class or the training script. */
import type { ModelDocument } from '../../../core/document/index.ts';
import { TARGETS } from '../../../core/emit/index.ts';
import type { Derived } from '../derived/derived.ts';
import { findOpenClass } from '../derived/open-class.ts';
import type { SessionState } from '../session/store.ts';
import { cutClass, type MarkedCode } from './lines.ts';

export type ShownCode =
  | ({ readonly ok: true; /** "Flax NNX code", "Flax NNX training script". */ readonly title: string } & MarkedCode)
  | { readonly ok: false; readonly title: string; readonly message: string };

export function shownCode(
  derived: Derived,
  document: ModelDocument,
  { codeTarget, codePart, open }: Pick<SessionState, 'codeTarget' | 'codePart' | 'open'>,
): ShownCode {
  const { title: target } = TARGETS[codeTarget];
  const title = `${target} ${codePart === 'training' ? 'training script' : 'code'}`;
  const code = codePart === 'training' ? derived.training(document, codeTarget) : derived.code(document, codeTarget);
  if (!code.ok) return { ...code, title };
  const whole = { text: code.text, marks: code.marks, firstLine: 0 };
  // A listing is of the model as a whole.
  if (codePart !== 'class' || code.marks.length === 0) return { ok: true, title, ...whole };
  const openClass = findOpenClass(document, open);
  const cut = openClass && cutClass(whole, openClass.id);
  if (cut) return { ok: true, title, ...cut };
  const name = openClass?.name ?? 'This class';
  return { ok: false, title, message: `${name} is not part of the model: nothing that the model is made of uses it.` };
}
