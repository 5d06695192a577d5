/** @file CodeMirror, read-only. It lives in a shadow root: there it styles itself without `<style>` elements, which the policy of the page refuses. */
import { python } from '@codemirror/lang-python';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightActiveLine, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import type { Target } from '../../../core/emit/index.ts';
import { type LineUses, lineKeys } from './line-keys.ts';
import { litLines, setLitLines } from './lit-lines.ts';
import { typescript } from './typescript.ts';

/** Colours are tokens of the page: custom properties reach into a shadow root. */
const HIGHLIGHTS = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--code-keyword)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
  { tag: tags.comment, color: 'var(--ink-muted)', fontStyle: 'italic' },
  { tag: [tags.className, tags.definition(tags.className)], color: 'var(--code-type)' },
  { tag: [tags.function(tags.variableName), tags.definition(tags.function(tags.variableName))], color: 'var(--code-function)' },
]);

const LOOK = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'transparent', fontSize: '12px' },
  '&.cm-focused': { outline: '1px solid var(--focus)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.55' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--ink-faint)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 10px 0 14px' },
  '.cm-line': { cursor: 'pointer' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { boxShadow: 'inset 0 0 0 1px var(--line-strong)' },
  '.cm-line.cm-lit': { backgroundColor: 'var(--surface-selected)', boxShadow: 'inset 2px 0 0 var(--accent)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'var(--surface-selected)',
  },
});

/** A listing has its comments and numbers where Python has them. */
const LANGUAGES = { python: python(), typescript, text: python() };
/** The numbers of the lines, which may be a stretch of a longer text. */
const numbering = new Compartment();

function numberFrom(before: number): Extension {
  return lineNumbers({ formatNumber: (number) => String(number + before) });
}

interface CodeViewProps {
  readonly text: string;
  readonly label: string;
  readonly language: Target['language'];
  /** The number of lines before the first. */
  readonly firstLine: number;
  /** Lines that stand for what is selected, from 0 in the text that is shown. */
  readonly lit: readonly number[];
  readonly uses: LineUses;
}

export function CodeView({ text, label, language, firstLine, lit, uses }: CodeViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const present = useRef(uses);
  /** The text was clicked: it stays where it is. */
  const isChosenHere = useRef(false);
  useEffect(() => {
    const choose = (line: number): void => {
      isChosenHere.current = true;
      uses.choose(line);
    };
    present.current = { ...uses, choose };
  }, [uses]);

  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const parent = document.createElement('div');
    parent.style.height = '100%';
    root.append(parent);
    view.current = new EditorView({
      root,
      parent,
      state: EditorState.create({
        extensions: [
          numbering.of(numberFrom(0)),
          LANGUAGES[language],
          syntaxHighlighting(HIGHLIGHTS),
          LOOK,
          highlightActiveLine(),
          litLines,
          lineKeys(() => present.current),
          EditorState.readOnly.of(true),
          EditorView.editable.of(false),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        ],
      }),
    });
    return () => {
      view.current?.destroy();
      view.current = null;
      parent.remove();
    };
  }, [label, language]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: changeBetween(editor.state.doc.toString(), text) });
  }, [text]);

  useEffect(() => {
    view.current?.dispatch({ effects: numbering.reconfigure(numberFrom(firstLine)) });
  }, [firstLine]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    editor.dispatch({ effects: setLitLines.of(lit) });
    const [line] = lit.slice(-1);
    const isLeft = isChosenHere.current;
    isChosenHere.current = false;
    if (line === undefined || isLeft || line >= editor.state.doc.lines) return;
    // Where a node is called says more than where its member is made, which stands above.
    const first = lit.findLast((each, i) => each !== (lit[i - 1] ?? -2) + 1) ?? line;
    const { from } = editor.state.doc.line(first + 1);
    editor.dispatch({ effects: EditorView.scrollIntoView(from, { y: isInSight(editor, from) ? 'nearest' : 'center' }) });
  }, [lit]);

  return <div className="code-view" ref={host} />;
}

function isInSight(editor: EditorView, position: number): boolean {
  const { top, bottom } = editor.lineBlockAt(position);
  const { scrollTop, clientHeight } = editor.scrollDOM;
  return top >= scrollTop && bottom <= scrollTop + clientHeight;
}

/** The one stretch that differs, so that the view keeps its place while the model is edited. */
function changeBetween(before: string, after: string): { readonly from: number; readonly to: number; readonly insert: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
