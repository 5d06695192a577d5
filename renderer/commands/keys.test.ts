import { expect, it } from 'vitest';
import { formatKeys, matchesKeys, type KeyPress } from './keys.ts';
import { scoreText } from './search.ts';

const press = (key: string, rest: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...rest,
});

it('takes Ctrl for Mod, and Cmd on a Mac', () => {
  expect(matchesKeys(press('z', { ctrlKey: true }), 'Mod+Z', false)).toBe(true);
  expect(matchesKeys(press('z', { metaKey: true }), 'Mod+Z', true)).toBe(true);
  expect(matchesKeys(press('z', { ctrlKey: true }), 'Mod+Z', true)).toBe(false);
});

it('tells keys with further modifiers apart', () => {
  expect(matchesKeys(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Z', false)).toBe(false);
  expect(matchesKeys(press('b', { ctrlKey: true, altKey: true }), 'Mod+B', false)).toBe(false);
});

it('finds Shift and a digit whatever the keyboard makes of them', () => {
  expect(matchesKeys(press('!', { shiftKey: true, code: 'Digit1' }), 'Shift+1', false)).toBe(true);
  expect(matchesKeys(press('1', { code: 'Digit1' }), 'Shift+1', false)).toBe(false);
});

it('is written as the system writes it', () => {
  expect(formatKeys('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
  expect(formatKeys('Mod+Shift+Z', true)).toBe('⇧⌘Z');
});

it('ranks a beginning above a word inside above letters inside', () => {
  expect(scoreText('nor', 'Normalize')).toBeGreaterThan(scoreText('nor', 'BatchNorm'));
  expect(scoreText('nor', 'BatchNorm')).toBeGreaterThan(scoreText('nor', 'Ignored'));
  expect(scoreText('nor', 'Linear')).toBe(0);
});
