/** @file Shortcuts as text: `Mod+Shift+Z`. */

export interface KeyPress {
  readonly key: string;
  /** The physical key: Shift+1 gives `!` on one keyboard and `+` on another. */
  readonly code?: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Keys that only Shift can reach on most keyboards: whether it was held says nothing about them. */
const SHIFTED = new Set(['?', '+', '!', '.']);

/** Whether a press is the one that a shortcut names. */
export function matchesKeys(press: KeyPress, keys: string, isMac: boolean): boolean {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  const wantsMod = parts.includes('Mod');
  const mod = isMac ? press.metaKey : press.ctrlKey;
  const otherMod = isMac ? press.ctrlKey : press.metaKey;
  return (
    (press.key.toLowerCase() === key.toLowerCase() || (/^\d$/.test(key) && press.code === `Digit${key}`)) &&
    mod === wantsMod &&
    !otherMod &&
    press.altKey === parts.includes('Alt') &&
    (SHIFTED.has(key) || press.shiftKey === parts.includes('Shift'))
  );
}

const MAC_SIGNS: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩', Delete: '⌦', Backspace: '⌫' };

/** As the user reads it: `Ctrl+Shift+Z`, `⇧⌘Z` on a Mac. */
export function formatKeys(keys: string, isMac: boolean): string {
  const parts = keys.split('+');
  if (!isMac) return parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)).join('+');
  const key = parts.pop() ?? '';
  const modifiers = ['Alt', 'Shift', 'Mod'].filter((each) => parts.includes(each));
  return [...modifiers, key].map((part) => MAC_SIGNS[part] ?? part).join('');
}
