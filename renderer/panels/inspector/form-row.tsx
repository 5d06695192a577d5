import type { ReactNode } from 'react';
import { BreakableName } from './breakable-name.tsx';

interface FormRowProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly doc?: string;
  readonly fault?: string | undefined;
}

/** A label and its control, on the same grid as parameters. The control names itself. */
export function FormRow({ label, children, doc, fault }: FormRowProps) {
  return (
    <div className="param-row" data-set>
      <span className="param-name" title={doc}>
        <BreakableName name={label} />
      </span>
      <div className="param-field">{children}</div>
      {fault !== undefined && (
        <p className="param-fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
