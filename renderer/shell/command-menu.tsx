import { COMMAND_GROUPS, isPossible, titleOf, type Command, type CommandGroup } from '../commands/command.ts';
import { COMMANDS, runCommandById } from './commands.ts';
import { useDocumentState } from '../hooks/document.ts';
import { useRuns } from '../hooks/runs.ts';
import { useSession } from '../hooks/session.ts';
import { MenuButton, MenuList, type MenuEntry } from '../ui/menu.tsx';
import { useServices } from '../hooks/services.ts';
import { layOut } from './menu-layout.ts';
import { shownKeys } from './use-commands.ts';

/** One menu of the window: the commands of a group, by section. */
export function CommandMenu({ group }: { readonly group: CommandGroup }) {
  const title = COMMAND_GROUPS[group];
  return (
    <MenuButton label={`${title} menu`} trigger={title}>
      <CommandList group={group} />
    </MenuButton>
  );
}

function CommandList({ group }: { readonly group: CommandGroup }) {
  const services = useServices();
  // What is possible depends on all three.
  useDocumentState((state) => state);
  useSession((state) => state);
  useRuns((state) => state.status);
  const entryOf = (command: Command): MenuEntry => ({
    id: command.id,
    title: titleOf(command, services),
    keys: command.isChosen?.(services) === true ? '✓' : shownKeys(command, services.session.getState().ownKeys),
    isDisabled: !isPossible(command, services),
  });
  const commands = COMMANDS.filter((each) => each.group === group && each.inMenus !== false);
  const groups = layOut(commands).map((section) =>
    section.map((entry): MenuEntry => {
      if (!('sections' in entry)) return entryOf(entry);
      return { id: `menu ${entry.title}`, title: entry.title, groups: entry.sections.map((each) => each.map(entryOf)) };
    }),
  );
  return <MenuList label={COMMAND_GROUPS[group]} groups={groups} onChoose={(id) => runCommandById(id, services)} />;
}
