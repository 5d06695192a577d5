import { COMMAND_GROUPS, type CommandGroup } from '../../commands/command.ts';
import { COMMANDS } from '../commands.ts';
import { formatKeys } from '../../commands/keys.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useServices } from '../../hooks/services.ts';
import { IS_MAC } from '../use-commands.ts';
import { defineDialog } from './define-dialog.tsx';

declare module '../../state/questions.ts' {
  interface DialogKinds {
    shortcuts: { ask: object; answer: never };
  }
}

/** All commands that have keys, by menu. */
function ShortcutsDialog() {
  const { dialogs } = useServices();
  return (
    <Dialog title="Keyboard shortcuts" isWide onClose={() => dialogs.answer()}>
      <div className="shortcuts">
        {(Object.keys(COMMAND_GROUPS) as CommandGroup[]).map((group) => (
          <section key={group}>
            <h3>{COMMAND_GROUPS[group]}</h3>
            <dl>
              {COMMANDS.filter((command) => command.group === group && command.keys.length > 0).map((command) => (
                <div key={command.id}>
                  <dt>{command.title}</dt>
                  <dd>
                    {command.keys.map((keys) => (
                      <kbd key={keys}>{formatKeys(keys, IS_MAC)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

export const shortcutsDialog = defineDialog('shortcuts', ShortcutsDialog);
