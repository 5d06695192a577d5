import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useServices } from '../../hooks/services.ts';
import { defineDialog } from './define-dialog.tsx';

/** Unsaved work that a window has left. */
export interface LeftWorkRow {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970; 0: not known. */
  readonly atMs: number;
  /** Why it cannot be opened. */
  readonly fault?: string;
}

declare module '../../state/questions.ts' {
  interface DialogKinds {
    recover: {
      ask: { readonly works: readonly LeftWorkRow[] };
      answer: { readonly what: 'restore' | 'discard' | 'save'; readonly id: string };
    };
  }
}

/** Asked at the start after a crash. Escape leaves all of it for the next start: the way that loses nothing. */
function RecoverDialog({ works }: { readonly works: readonly LeftWorkRow[] }) {
  const { dialogs } = useServices();
  return (
    <Dialog
      title="Restore unsaved work?"
      isAlert
      onClose={() => dialogs.answer()}
      actions={<Button onPress={() => dialogs.answer()}>Decide later</Button>}
    >
      <p>The editor last closed with changes that were not saved.</p>
      <ul className="left-works" aria-label="Unsaved work">
        {works.map((work, index) => (
          <LeftWorkItem key={work.id} work={work} isFirst={index === 0} />
        ))}
      </ul>
    </Dialog>
  );
}

function LeftWorkItem({ work, isFirst }: { readonly work: LeftWorkRow; readonly isFirst: boolean }) {
  const { dialogs } = useServices();
  const { id, name, atMs, fault } = work;
  return (
    <li className="left-work">
      <div>
        <strong>{name}</strong>
        {atMs > 0 && <span>{formatTime(atMs)}</span>}
        {fault !== undefined && <p className="field-fault">{`This version cannot open it. ${fault}`}</p>}
      </div>
      <div className="button-row" role="group" aria-label={name}>
        <Button tone="danger" onPress={() => dialogs.answer({ what: 'discard', id })}>
          Discard it
        </Button>
        {fault === undefined ? (
          <Button tone="primary" autoFocus={isFirst} onPress={() => dialogs.answer({ what: 'restore', id })}>
            Restore
          </Button>
        ) : (
          <Button onPress={() => dialogs.answer({ what: 'save', id })}>Save a copy…</Button>
        )}
      </div>
    </li>
  );
}

/** `2026-11-26 22:35`, in the user's time. */
function formatTime(atMs: number): string {
  const time = new Date(atMs);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

export const recoverDialog = defineDialog('recover', RecoverDialog);
