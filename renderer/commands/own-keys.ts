/** @file Keys that the user has given to commands in place of their own. */
import type { SessionState } from '../state/session/store.ts';
import type { Command } from './command.ts';
import { areSameKeys } from './keys.ts';

export type OwnKeys = SessionState['ownKeys'];

/** The keys that a command answers now. */
export function keysOf(command: Pick<Command, 'id' | 'keys'>, own: OwnKeys): readonly string[] {
  return Object.hasOwn(own, command.id) ? own[command.id]! : command.keys;
}

/** The other command that answers these keys. */
export function holderOf(keys: string, except: string, commands: readonly Command[], own: OwnKeys): Command | undefined {
  return commands.find((command) => command.id !== except && keysOf(command, own).some((each) => areSameKeys(each, keys)));
}

/** Gives a command these keys alone, and takes them from whatever had them. */
export function giveKeys(keys: string, to: Command, commands: readonly Command[], own: OwnKeys): OwnKeys {
  const holder = holderOf(keys, to.id, commands, own);
  const left = holder && { [holder.id]: keysOf(holder, own).filter((each) => !areSameKeys(each, keys)) };
  return { ...own, ...left, [to.id]: [keys] };
}

/** Gives a command its first keys again; those that another one has got since stay there. */
export function resetKeys(command: Command, commands: readonly Command[], own: OwnKeys): OwnKeys {
  const { [command.id]: _given, ...rest } = own;
  const free = command.keys.filter((keys) => !holderOf(keys, command.id, commands, rest));
  return free.length === command.keys.length ? rest : { ...rest, [command.id]: free };
}
