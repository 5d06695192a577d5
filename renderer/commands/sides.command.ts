import type { Command, CommandContext } from './command.ts';

/** Shows or hides a side of the window; sizes and states are remembered. */
function toggle(side: 'left' | 'right' | 'bottom' | 'side', title: string, order: number, keys: readonly string[]): Command {
  const key = `${side}Open` as const;
  return {
    id: `toggle-${side}`,
    title: `Show ${title}`,
    titleNow: ({ session }) => `${session.getState()[key] ? 'Hide' : 'Show'} ${title}`,
    group: 'view',
    section: 1,
    order,
    keys,
    ...(side === 'side'
      ? { when: ({ session }: CommandContext) => session.getState().sidePanels.length > 0, needs: 'Move a panel beside the canvas first.' }
      : {}),
    run({ session }) {
      session.set({ [key]: !session.getState()[key], isFocused: false });
    },
  };
}

export const sideCommands: readonly Command[] = [
  toggle('left', 'Palette and Modules', 10, ['Mod+B']),
  toggle('right', 'Inspector', 20, ['Mod+Alt+B']),
  toggle('bottom', 'Bottom Panel', 30, ['Mod+`']),
  toggle('side', 'Side Panel', 40, ['Mod+Alt+`']),
];
