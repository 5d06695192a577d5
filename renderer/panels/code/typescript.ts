/** @file The colours of the TypeScript that we write: words, texts, numbers, comments and names of types. */
import { StreamLanguage, type StringStream } from '@codemirror/language';

const WORDS = new Set(
  `as class const constructor default else export extends for from function if import interface let new null of readonly return super this type
  undefined true false boolean number string`.split(/\s+/),
);

export const typescript = StreamLanguage.define<{ isComment: boolean }>({
  name: 'typescript',
  startState: () => ({ isComment: false }),
  token(stream, state) {
    if (state.isComment || stream.match('/*')) {
      state.isComment = !stream.match(/^.*?\*\//);
      if (state.isComment) stream.skipToEnd();
      return 'comment';
    }
    if (stream.eatSpace()) return null;
    if (stream.match(/^\/\/.*/)) return 'comment';
    if (stream.match(/^(["'])(?:(?!\1)[^\\]|\\.)*\1?/)) return 'string';
    if (stream.match(/^\d[\w.]*/)) return 'number';
    return wordAt(stream);
  },
});

function wordAt(stream: StringStream): string | null {
  const found = stream.match(/^[A-Za-z_$][\w$]*/) as RegExpMatchArray | null;
  if (!found) {
    stream.next();
    return null;
  }
  const [word] = found;
  if (WORDS.has(word)) return 'keyword';
  if (/^[A-Z]/.test(word)) return 'className';
  return stream.match(/^\(/, false) ? 'variableName.function' : 'variableName';
}
