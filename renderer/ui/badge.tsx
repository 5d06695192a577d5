import type { ReactNode } from 'react';

interface BadgeProps {
  readonly children: ReactNode;
  readonly tone?: 'neutral' | 'accent' | 'success' | 'warning' | 'danger';
  readonly title?: string;
}

/** A word or number with a tone. The tone repeats what the text says, for those who do not see colours. */
export function Badge({ children, tone = 'neutral', title }: BadgeProps) {
  return (
    <span className={`badge ${tone}`} title={title}>
      {children}
    </span>
  );
}
