import { expect, it } from 'vitest';
import type { Command } from './command.ts';
import { keysOfPress, matchesKeys, type KeyPress } from './keys.ts';
import { giveKeys, holderOf, keysOf, resetKeys } from './own-keys.ts';

const command = (id: string, ...keys: string[]): Command => ({
  id,
  title: id,
  group: 'edit',
  section: 0,
  order: 0,
  keys,
  run: () => undefined,
});
const copy = command('duplicate', 'Mod+D', 'Shift+D');
const run = command('run', 'Mod+Enter');
const all = [copy, run];

const press = (key: string, rest: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...rest,
});

it('gives keys to another command, takes them from the one that had them, and gives them back', () => {
  expect(holderOf('Shift+Mod+D', 'run', all, {})).toBeUndefined();
  expect(holderOf('Mod+D', 'run', all, {})?.id).toBe('duplicate');
  const own = giveKeys('Mod+D', run, all, {});
  expect([keysOf(run, own), keysOf(copy, own)]).toEqual([['Mod+D'], ['Shift+D']]);
  const again = resetKeys(run, all, own);
  expect(keysOf(run, again)).toEqual(['Mod+Enter']);
  expect(keysOf(copy, resetKeys(copy, all, again))).toEqual(['Mod+D', 'Shift+D']);
});

it('leaves keys with the command that got them when another one is reset', () => {
  const own = giveKeys('Mod+D', run, all, {});
  expect(keysOf(copy, resetKeys(copy, all, own))).toEqual(['Shift+D']);
});

it('calls a press by the name that it is found under again', () => {
  const presses = [
    press('d', { ctrlKey: true }),
    press('D', { ctrlKey: true, shiftKey: true }),
    press('!', { shiftKey: true, code: 'Digit1' }),
    press('1', { altKey: true, code: 'Digit1' }),
    press(' '),
    press('+', { ctrlKey: true, shiftKey: true }),
    press('?', { shiftKey: true }),
    press('F11'),
  ];
  const named = presses.map((each) => keysOfPress(each, false));
  expect(named).toEqual(['Mod+D', 'Mod+Shift+D', 'Shift+1', 'Alt+1', 'Space', 'Mod+Plus', '?', 'F11']);
  presses.forEach((each, i) => expect([named[i], matchesKeys(each, named[i]!, false)]).toEqual([named[i], true]));
  expect(keysOfPress(press('Shift', { shiftKey: true }), false)).toBeUndefined();
});
