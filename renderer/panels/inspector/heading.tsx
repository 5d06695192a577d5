import type { ReactNode } from 'react';
import type { Family } from '../../../core/spec/index.ts';

interface HeadingProps {
  readonly title: string;
  /** What it is, in a word: the type, 'op', 'wire'. */
  readonly kind: string;
  readonly family: Family | 'class' | 'io';
  readonly doc?: string;
  readonly children?: ReactNode;
}

export function Heading({ title, kind, family, doc, children }: HeadingProps) {
  return (
    <header className="inspector-head" data-family={family}>
      <div className="inspector-title">
        <i className="chip" />
        <h2>{title}</h2>
        <span>{kind}</span>
      </div>
      {doc !== undefined && doc !== '' && <p>{doc}</p>}
      {children}
    </header>
  );
}
