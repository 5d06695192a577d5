import type { ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly isOpenAtFirst?: boolean;
}

/** A part of the inspector that can be folded. */
export function Section({ title, children, actions, isOpenAtFirst = true }: SectionProps) {
  return (
    <details className="section" open={isOpenAtFirst} aria-label={title}>
      <summary>
        <h3>{title}</h3>
        {actions}
      </summary>
      <div className="section-body">{children}</div>
    </details>
  );
}
