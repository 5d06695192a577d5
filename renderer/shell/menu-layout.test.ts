import { describe, expect, it } from 'vitest';
import { COMMAND_GROUPS } from '../commands/command.ts';
import { COMMANDS } from './commands.ts';
import { layOut } from './menu-layout.ts';

const menus = Object.keys(COMMAND_GROUPS).map((group) => {
  const commands = COMMANDS.filter((each) => each.group === group && each.inMenus !== false);
  return { group, commands, sections: layOut(commands) };
});

describe('the menus of the window', () => {
  it('have every command once', () => {
    for (const { commands, sections } of menus) {
      const listed = sections.flat().flatMap((entry) => ('sections' in entry ? entry.sections.flat() : [entry]));
      expect(listed.map(({ id }) => id).toSorted()).toEqual(commands.map(({ id }) => id).toSorted());
    }
  });

  it('are short enough to be seen whole in a window 900 pixels high, within menus, too', () => {
    for (const { group, sections } of menus) {
      expect(sections.flat().length, group).toBeLessThanOrEqual(28);
      for (const entry of sections.flat())
        if ('sections' in entry) expect(entry.sections.flat().length, entry.title).toBeLessThanOrEqual(20);
    }
  });

  it('keep what is alike together: a menu within a menu stands in one place', () => {
    for (const { sections } of menus) {
      const titles = sections.flat().flatMap((entry) => ('sections' in entry ? [entry.title] : []));
      expect(new Set(titles).size).toBe(titles.length);
    }
    const edit = menus.find(({ group }) => group === 'edit')!.sections;
    expect(edit[0]!.map((entry) => ('id' in entry ? entry.id : entry.title))).toEqual(['undo', 'redo']);
    expect(edit.flat().flatMap((entry) => ('sections' in entry ? [entry.title] : []))).toEqual(['Select', 'Arrange', 'Class']);
  });
});
