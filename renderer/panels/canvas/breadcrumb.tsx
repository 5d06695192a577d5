/** @file Where the data-flow lens is: the root class, and the members entered from it, by the names of their classes; the last with its way from the one before. */
import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';
import { useDocument } from '../../hooks/document.ts';
import { ItemPicker } from './item-picker.tsx';
import { useSession, useSessionStore } from '../../hooks/session.ts';
import { baseOpen } from '../../state/session/expansion.ts';
import { formatPath } from '../../state/paths.ts';

export function Breadcrumb() {
  const session = useSessionStore();
  const open = useSession((state) => state.open);
  const shown = useSession((state) => baseOpen(state).length);
  const classes = useDocument((doc) => doc.classes);
  const root = useDocument((doc) => doc.classes[doc.root.class]?.name ?? 'no root class');
  return (
    <nav className="breadcrumb" aria-label="Open class">
      <button type="button" onClick={() => session.leaveTo(0)} aria-current={open.length === 0 ? 'page' : undefined}>
        <span>{root}</span>
      </button>
      {open.map((step, index) => (
        <Fragment key={formatPath(step.instance)}>
          <ChevronRight size={14} aria-hidden />
          <button
            type="button"
            onClick={() => session.leaveTo(index + 1)}
            data-in-place={index >= shown || undefined}
            aria-current={index === open.length - 1 ? 'page' : undefined}
          >
            {index >= shown && <span className="visually-hidden">In place: </span>}
            <span title={formatPath(step.instance)}>{classes[step.class]?.name ?? step.class}</span>
            {index === open.length - 1 && (
              <i title={formatPath(step.instance)}>{formatPath(step.instance.slice(open[index - 1]?.instance.length ?? 0))}</i>
            )}
          </button>
          {index < shown && <ItemPicker index={index} />}
        </Fragment>
      ))}
    </nav>
  );
}
