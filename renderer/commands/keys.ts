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
const SHIFTED = new Set(['?', '+', 'Plus', '!', '.']);

/** Keys whose own sign would be unreadable, or part of the notation. */
const NAMES: Readonly<Record<string, string>> = { ' ': 'Space', '+': 'Plus' };
const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified']);

/** What a press would be called as a shortcut; undefined for a modifier alone, and for what types a letter on another keyboard. */
export function keysOfPress(press: KeyPress, isMac: boolean): string | undefined {
  if (MODIFIERS.has(press.key)) return undefined;
  const digit = /^Digit(\d)$/.exec(press.code ?? '')?.[1];
  const sign = NAMES[press.key] ?? (press.key.length === 1 ? press.key.toUpperCase() : press.key);
  const key = digit ?? sign;
  const parts = [
    ...((isMac ? press.metaKey : press.ctrlKey) ? ['Mod'] : []),
    ...(press.altKey ? ['Alt'] : []),
    ...(press.shiftKey && !SHIFTED.has(key) ? ['Shift'] : []),
    key,
  ];
  return parts.join('+');
}

/** Whether two shortcuts are the same press: the order of modifiers says nothing. */
export function areSameKeys(a: string, b: string): boolean {
  const sorted = (keys: string): string => keys.toLowerCase().split('+').sort().join('+');
  return sorted(a) === sorted(b);
}

/** Whether a press is the one that a shortcut names. */
export function matchesKeys(press: KeyPress, keys: string, isMac: boolean): boolean {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  const wantsMod = parts.includes('Mod');
  const mod = isMac ? press.metaKey : press.ctrlKey;
  const otherMod = isMac ? press.ctrlKey : press.metaKey;
  return (
    ((NAMES[press.key] ?? press.key).toLowerCase() === key.toLowerCase() || (/^\d$/.test(key) && press.code === `Digit${key}`)) &&
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
