/** @file Lines that are lit, as decorations of CodeMirror. */
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

/** Lines from 0. */
export const setLitLines = StateEffect.define<readonly number[]>();

const LIT = Decoration.line({ class: 'cm-lit' });

export const litLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lines, { state, changes, effects }) {
    let next = lines.map(changes);
    for (const effect of effects) {
      if (!effect.is(setLitLines)) continue;
      const starts = effect.value.filter((line) => line < state.doc.lines).map((line) => LIT.range(state.doc.line(line + 1).from));
      next = Decoration.set(starts);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});
