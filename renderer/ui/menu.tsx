import type { ReactNode } from 'react';
import { Button as AriaButton, Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';

export interface MenuEntry {
  readonly id: string;
  readonly title: string;
  readonly keys?: string | undefined;
  readonly isDisabled?: boolean;
}

interface MenuProps {
  readonly label: string;
  readonly trigger: ReactNode;
  /** Groups are divided by lines. */
  readonly groups: readonly (readonly MenuEntry[])[];
  readonly onChoose: (id: string) => void;
}

export function Menu({ label, trigger, groups, onChoose }: MenuProps) {
  return (
    <MenuTrigger>
      <AriaButton className="button quiet" aria-label={label}>
        {trigger}
      </AriaButton>
      <Popover className="menu-popover" placement="bottom start" offset={4}>
        <MenuList label={label} groups={groups} onChoose={onChoose} />
      </Popover>
    </MenuTrigger>
  );
}

/** The items alone, for a popover that is opened in another way. */
export function MenuList({ label, groups, onChoose }: Omit<MenuProps, 'trigger'>) {
  const filled = groups.filter((group) => group.length > 0);
  const disabledKeys = filled.flat().filter((entry) => entry.isDisabled === true);
  return (
    <AriaMenu
      className="menu"
      aria-label={label}
      disabledKeys={disabledKeys.map((entry) => entry.id)}
      onAction={(key) => onChoose(String(key))}
    >
      {filled.flatMap((group, index) => [
        ...(index === 0 ? [] : [<Separator key={`before ${group[0]?.id}`} className="menu-separator" />]),
        ...group.map((entry) => (
          <MenuItem key={entry.id} id={entry.id} className="menu-item" textValue={entry.title}>
            <span>{entry.title}</span>
            {entry.keys !== undefined && <span className="keys">{entry.keys}</span>}
          </MenuItem>
        )),
      ])}
    </AriaMenu>
  );
}
