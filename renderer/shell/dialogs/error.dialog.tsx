import type { ErrorReport } from '../../state/questions.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useServices } from '../../hooks/services.ts';
import { defineDialog } from './define-dialog.tsx';

/** What happened, where, what was expected and what came, and what to do next. */
function ErrorDialog({ title, message, details = [], hint }: ErrorReport) {
  const { dialogs } = useServices();
  return (
    <Dialog
      title={title}
      isAlert
      onClose={() => dialogs.answer()}
      actions={
        <Button tone="primary" autoFocus onPress={() => dialogs.answer()}>
          Close
        </Button>
      }
    >
      <p>{message}</p>
      {details.length > 0 && (
        <dl className="facts">
          {details.map(({ label, text }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {hint !== undefined && <p className="hint">{hint}</p>}
    </Dialog>
  );
}

export const errorDialog = defineDialog('error', ErrorDialog);
