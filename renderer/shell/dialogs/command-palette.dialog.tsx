import { useId, useState } from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import { COMMAND_GROUPS, invoke, isPossible, titleOf, type Command, type CommandContext } from '../../commands/command.ts';
import { COMMANDS } from '../commands.ts';
import { templateCommands } from '../../commands/shared/insert-template.ts';
import { useTemplates } from '../../hooks/templates.ts';
import { scoreText } from '../../commands/search.ts';
import { useServices } from '../../hooks/services.ts';
import { shownKeys } from '../use-commands.ts';
import { useActiveOption } from '../../ui/use-active-option.ts';
import { defineDialog } from './define-dialog.tsx';

declare module '../../state/questions.ts' {
  interface DialogKinds {
    commandPalette: { ask: object; answer: string };
  }
}

function findCommands(query: string, context: CommandContext): readonly Command[] {
  return [...COMMANDS, ...templateCommands(context)]
    .filter((command) => command.id !== 'command-palette')
    .map((command) => ({
      command,
      score: scoreText(query, `${titleOf(command, context)} ${COMMAND_GROUPS[command.group]}`) * (isPossible(command, context) ? 2 : 1),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => (query.trim() === '' ? 0 : b.score - a.score))
    .map(({ command }) => command);
}

/** Type a few letters, choose by arrow keys, run by Enter. */
function CommandPalette() {
  const services = useServices();
  const { dialogs } = services;
  const [query, setQuery] = useState('');
  useTemplates();
  const listId = useId();
  const found = findCommands(query, services);

  const choose = (command: Command | undefined): void => {
    if (!command || !isPossible(command, services)) return;
    dialogs.answer(command.id);
    invoke(command, services);
  };
  const { index, setIndex, onKeyDown } = useActiveOption(found.length, (at) => choose(found[at]));
  const active = found[index];
  return (
    <ModalOverlay className="modal-veil top" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && dialogs.answer()}>
      <Modal className="modal wide">
        <AriaDialog className="command-palette" aria-label="Commands">
          <input
            className="command-input"
            role="combobox"
            aria-label="Find a command"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={active ? `${listId}-${active.id}` : undefined}
            placeholder="Type a command"
            ref={(input) => input?.focus()}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setIndex(0);
            }}
            onKeyDown={onKeyDown}
          />
          <ul id={listId} role="listbox" aria-label="Commands" className="command-list">
            {found.map((command) => (
              <CommandOption
                key={command.id}
                id={`${listId}-${command.id}`}
                command={command}
                isActive={command === active}
                onChoose={() => choose(command)}
              />
            ))}
          </ul>
          {found.length === 0 && <p className="command-none">No command has these letters.</p>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface CommandOptionProps {
  readonly id: string;
  readonly command: Command;
  readonly isActive: boolean;
  readonly onChoose: () => void;
}

function CommandOption({ id, command, isActive, onChoose }: CommandOptionProps) {
  const services = useServices();
  return (
    // The keyboard stays in the text field above: it names the active option.
    <li
      id={id}
      role="option"
      aria-selected={isActive}
      aria-disabled={!isPossible(command, services)}
      className="command-option"
      ref={(item) => {
        if (isActive) item?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={onChoose}
    >
      <span className="command-group">{COMMAND_GROUPS[command.group]}</span>
      <span>{titleOf(command, services)}</span>
      <span className="keys">{shownKeys(command, services.session.getState().ownKeys)}</span>
    </li>
  );
}

export const commandPaletteDialog = defineDialog('commandPalette', CommandPalette);
