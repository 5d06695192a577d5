/** @file How the commands of a menu are laid out: sections with lines between them, and menus within the menu. */
import type { Command } from '../commands/command.ts';

/** A menu within a menu, with sections of its own. */
export interface Submenu {
  readonly title: string;
  readonly sections: readonly (readonly Command[])[];
}

/** The sections of a menu, from its commands in their order. */
export function layOut(commands: readonly Command[]): readonly (readonly (Command | Submenu)[])[] {
  return bySection(commands, ({ section }) => Math.floor(section)).map((part) =>
    part.flatMap((command, at): readonly (Command | Submenu)[] => {
      const { submenu } = command;
      if (submenu === undefined) return [command];
      if (part.findIndex((each) => each.submenu === submenu) !== at) return [];
      const within = part.filter((each) => each.submenu === submenu);
      return [{ title: submenu, sections: bySection(within, ({ section }) => section) }];
    }),
  );
}

function bySection(commands: readonly Command[], sectionOf: (command: Command) => number): readonly (readonly Command[])[] {
  const sections = new Map<number, Command[]>();
  for (const command of commands) {
    const section = sectionOf(command);
    sections.set(section, [...(sections.get(section) ?? []), command]);
  }
  return [...sections.values()];
}
