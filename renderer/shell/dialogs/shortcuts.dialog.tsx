import { useState } from 'react';
import { COMMAND_GROUPS, type Command, type CommandGroup } from '../../commands/command.ts';
import { COMMANDS } from '../commands.ts';
import { formatKeys } from '../../commands/keys.ts';
import { keysOf, type OwnKeys } from '../../commands/own-keys.ts';
import { scoreText } from '../../commands/search.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useServices } from '../../hooks/services.ts';
import { useSession } from '../../hooks/session.ts';
import { IS_MAC } from '../use-commands.ts';
import { defineDialog } from './define-dialog.tsx';
import { ShortcutRow } from './shortcut-row.tsx';

declare module '../../state/questions.ts' {
  interface DialogKinds {
    shortcuts: { ask: object; answer: never };
  }
}

/** By title, menu, or keys. */
function isFound(command: Command, query: string, own: OwnKeys): boolean {
  const keys = keysOf(command, own).map((each) => formatKeys(each, IS_MAC));
  return query.trim() === '' || scoreText(query, [command.title, COMMAND_GROUPS[command.group], ...keys].join(' ')) > 0;
}

/** All commands by menu, with their keys, to be found and changed. */
function ShortcutsDialog() {
  const { dialogs, session } = useServices();
  const own = useSession((state) => state.ownKeys);
  const [query, setQuery] = useState('');
  const [recorded, setRecorded] = useState<string | null>(null);
  const found = COMMANDS.filter((command) => isFound(command, query, own));
  const groups = (Object.keys(COMMAND_GROUPS) as CommandGroup[]).filter((group) => found.some((command) => command.group === group));
  return (
    <Dialog
      title="Keyboard shortcuts"
      isWide
      onClose={() => dialogs.answer()}
      actions={
        <>
          <Button onPress={() => session.set({ ownKeys: {} })} isDisabled={Object.keys(own).length === 0}>
            Reset all keys
          </Button>
          <Button tone="primary" onPress={() => dialogs.answer()}>
            Done
          </Button>
        </>
      }
    >
      <input
        className="input"
        aria-label="Find a command or its keys"
        placeholder="Find a command or its keys"
        spellCheck={false}
        ref={(input) => {
          if (input && document.activeElement === document.body) input.focus();
        }}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <div className="shortcuts">
        {groups.map((group) => (
          <section key={group} aria-label={COMMAND_GROUPS[group]}>
            <h3>{COMMAND_GROUPS[group]}</h3>
            <ul>
              {found
                .filter((command) => command.group === group)
                .map((command) => (
                  <ShortcutRow
                    key={command.id}
                    command={command}
                    isRecording={recorded === command.id}
                    onRecord={(isRecording) => setRecorded(isRecording ? command.id : null)}
                  />
                ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && <p className="hint">No command has these letters or keys.</p>}
      </div>
    </Dialog>
  );
}

export const shortcutsDialog = defineDialog('shortcuts', ShortcutsDialog);
