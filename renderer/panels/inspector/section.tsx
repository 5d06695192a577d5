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
    <div className="section">
      <details open={isOpenAtFirst} aria-label={title}>
        <summary>
          <h3>{title}</h3>
        </summary>
        <div className="section-body">{children}</div>
      </details>
      {/* Beside the summary, not in it: a button within a button cannot be reached by everyone. */}
      {actions !== undefined && <div className="section-actions">{actions}</div>}
    </div>
  );
}
