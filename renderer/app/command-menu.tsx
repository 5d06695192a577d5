import { COMMAND_GROUPS, isPossible, titleOf, type CommandGroup } from '../commands/command.ts';
import { COMMANDS, runCommandById } from '../commands/commands.ts';
import { Menu, type MenuEntry } from '../ui/menu.tsx';
import { useDocumentState } from '../document/hooks.ts';
import { useRuns } from '../runs/hooks.ts';
import { useSession } from '../session/hooks.ts';
import { useServices } from './services.ts';
import { shownKeys } from './use-commands.ts';

/** One menu of the window: the commands of a group, by section. */
export function CommandMenu({ group }: { readonly group: CommandGroup }) {
  const services = useServices();
  // What is possible depends on all three.
  useDocumentState((state) => state);
  useSession((state) => state);
  useRuns((state) => state.status);
  const sections = new Map<number, MenuEntry[]>();
  for (const command of COMMANDS.filter((each) => each.group === group)) {
    const section = sections.get(command.section) ?? [];
    sections.set(command.section, section);
    section.push({
      id: command.id,
      title: titleOf(command, services),
      keys: command.isChosen?.(services) === true ? '✓' : shownKeys(command),
      isDisabled: !isPossible(command, services),
    });
  }
  const title = COMMAND_GROUPS[group];
  return <Menu label={`${title} menu`} trigger={title} groups={[...sections.values()]} onChoose={(id) => runCommandById(id, services)} />;
}
