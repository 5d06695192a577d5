import type { ReactNode } from 'react';
import { Button as AriaButton, Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';

export interface MenuEntry {
  readonly id: string;
  readonly title: string;
  readonly keys?: string | undefined;
  readonly isDisabled?: boolean;
}

interface MenuButtonProps {
  readonly label: string;
  readonly trigger: ReactNode;
  /** A `MenuList`, drawn while the menu is open. */
  readonly children: ReactNode;
}

export function MenuButton({ label, trigger, children }: MenuButtonProps) {
  return (
    <MenuTrigger>
      <AriaButton className="button quiet" aria-label={label}>
        {trigger}
      </AriaButton>
      <Popover className="menu-popover" placement="bottom start" offset={4}>
        {children}
      </Popover>
    </MenuTrigger>
  );
}

interface MenuListProps {
  readonly label: string;
  /** Groups are divided by lines. */
  readonly groups: readonly (readonly MenuEntry[])[];
  readonly onChoose: (id: string) => void;
}

export function MenuList({ label, groups, onChoose }: MenuListProps) {
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
