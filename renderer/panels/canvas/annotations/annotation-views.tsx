/** @file Notes and frames on the canvas: looked at, typed in, dragged and resized. */
import { memo } from 'react';
import { NodeResizer, type NodeProps } from 'reactflow';
import { changeAnnotation, LEAST_ANNOTATION, type Note, type Point } from '../../../../core/document/index.ts';
import { useBaseClass } from '../../../hooks/derived.ts';
import { useEdit } from '../../../hooks/use-edit.ts';
import type { FrameNode, NoteNode } from './annotation-node.ts';
import { leaderFrom } from './leaders.ts';
import { TypedText } from './typed-text.tsx';
import './annotations.css';

export const NoteView = memo(function NoteView({ data: { note, isTyping, leader }, selected }: NodeProps<NoteNode>) {
  const edit = useEdit();
  const openClass = useBaseClass();
  const onCommit = (text: string, height: number): void => {
    if (!openClass) return;
    // Nothing that was typed is hidden.
    edit('Edit note', (document) => changeAnnotation(document, openClass.id, note.id, { text, height: Math.max(note.height, height + 2) }));
  };
  return (
    <div className="note" data-selected={selected || undefined}>
      {leader && <Leader note={note} to={leader} />}
      <NodeResizer isVisible={selected} minWidth={LEAST_ANNOTATION.width} minHeight={LEAST_ANNOTATION.height} />
      {isTyping ? (
        <TypedText label="Text of the note" text={note.text} onCommit={onCommit} />
      ) : (
        <div className="annotation-text nowheel">{note.text || <i>An empty note: double-click to write</i>}</div>
      )}
    </div>
  );
});

/** To the wire that the note is about. */
function Leader({ note, to }: { readonly note: Note; readonly to: Point }) {
  const from = leaderFrom(note, to);
  if (!from) return null;
  return (
    <svg className="note-leader" aria-hidden>
      <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
      <circle cx={to.x} cy={to.y} r={3} />
    </svg>
  );
}

export const FrameView = memo(function FrameView({ data: { frame, isTyping }, selected }: NodeProps<FrameNode>) {
  const edit = useEdit();
  const openClass = useBaseClass();
  const onCommit = (title: string): void => {
    if (openClass) edit('Rename frame', (document) => changeAnnotation(document, openClass.id, frame.id, { title }));
  };
  return (
    <div className="frame" data-color={frame.color} data-selected={selected || undefined}>
      <NodeResizer isVisible={selected} minWidth={LEAST_ANNOTATION.width} minHeight={LEAST_ANNOTATION.height} />
      <div className="frame-title">
        {isTyping ? (
          <TypedText label="Title of the frame" text={frame.title} isLine onCommit={onCommit} />
        ) : (
          <span title={frame.title}>{frame.title || 'Frame'}</span>
        )}
      </div>
    </div>
  );
});
