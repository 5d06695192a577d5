/** @file A line is chosen with a click, or with the arrows and Enter: the text itself is only read. */
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';

export interface LineUses {
  /** A line from 0 was chosen. */
  readonly choose: (line: number) => void;
  /** The keyboard went to a line. */
  readonly read: (text: string) => void;
}

/** `uses` is asked at each event. */
export function lineKeys(uses: () => LineUses): Extension {
  const numberOf = (view: EditorView, position: number) => view.state.doc.lineAt(position).number;
  const goTo = (view: EditorView, number: number): boolean => {
    const line = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));
    view.dispatch({ selection: { anchor: line.from }, scrollIntoView: true });
    uses().read(line.text.trim() === '' ? 'empty line' : line.text.trim());
    return true;
  };
  const step = (by: number) => (view: EditorView) => goTo(view, numberOf(view, view.state.selection.main.head) + by);
  return [
    keymap.of([
      { key: 'ArrowUp', run: step(-1) },
      { key: 'ArrowDown', run: step(1) },
      { key: 'Mod-Home', run: (view) => goTo(view, 1) },
      { key: 'Mod-End', run: (view) => goTo(view, view.state.doc.lines) },
      {
        key: 'Enter',
        run(view) {
          uses().choose(numberOf(view, view.state.selection.main.head) - 1);
          return true;
        },
      },
    ]),
    EditorView.domEventHandlers({
      click(event, view) {
        // What was dragged over is text to copy.
        if (event.button !== 0 || !view.state.selection.main.empty) return;
        const position = view.posAtCoords({ x: event.clientX, y: event.clientY });
        if (position === null) return;
        view.dispatch({ selection: { anchor: view.state.doc.lineAt(position).from } });
        uses().choose(numberOf(view, position) - 1);
      },
    }),
  ];
}
