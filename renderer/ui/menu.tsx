import type { ReactNode } from 'react';
import { ChevronRight } from 'lucide-react';
import { Button as AriaButton, Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator, SubmenuTrigger } from 'react-aria-components';

export interface MenuEntry {
  readonly id: string;
  readonly title: string;
  readonly keys?: string | undefined;
  readonly isDisabled?: boolean;
  /** A menu of its own, which it opens. */
  readonly groups?: readonly (readonly MenuEntry[])[];
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
        ...group.map((entry) => <Entry key={entry.id} entry={entry} onChoose={onChoose} />),
      ])}
    </AriaMenu>
  );
}

function Entry({ entry, onChoose }: { readonly entry: MenuEntry } & Pick<MenuListProps, 'onChoose'>) {
  const { id, title, keys, groups } = entry;
  const item = (
    <MenuItem id={id} className="menu-item" textValue={title}>
      <span>{title}</span>
      {groups ? <ChevronRight size={14} aria-hidden /> : keys !== undefined && <span className="keys">{keys}</span>}
    </MenuItem>
  );
  if (!groups) return item;
  return (
    <SubmenuTrigger>
      {item}
      <Popover className="menu-popover" offset={0}>
        <MenuList label={title} groups={groups} onChoose={onChoose} />
      </Popover>
    </SubmenuTrigger>
  );
}
