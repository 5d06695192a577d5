/** @file Commands in React: what is possible now, under which title, and what happens when one is chosen. */
import { useSyncExternalStore } from 'react';
import { isPossible, titleOf, type Command } from '../commands/command.ts';
import { findCommand, runCommandById } from './commands.ts';
import { formatKeys } from '../commands/keys.ts';
import { keysOf, type OwnKeys } from '../commands/own-keys.ts';
import { useSession } from '../hooks/session.ts';
import { useServices } from '../hooks/services.ts';

/** Tests in plain Node have no navigator. */
export const IS_MAC = globalThis.navigator?.platform?.startsWith('Mac') ?? false;

export interface LiveCommand {
  readonly id: string;
  readonly title: string;
  readonly isPossible: boolean;
  readonly keys: string | undefined;
  readonly run: () => void;
}

/** A command as it stands now; drawn anew when its title or its possibility changes. */
export function useCommand(id: string): LiveCommand {
  const services = useServices();
  const command = findCommand(id);
  if (!command) throw new Error(`There is no command "${id}". Add it to COMMANDS.`);
  const own = useSession((state) => state.ownKeys);
  const now = useSyncExternalStore(subscribe, read);
  const [possible, title] = [now.startsWith('1'), now.slice(1)];
  return { id, title, isPossible: possible, keys: shownKeys(command, own), run: () => runCommandById(id, services) };

  function subscribe(onChange: () => void): () => void {
    const stops = [services.document, services.session, services.runs].map((store) => store.subscribe(onChange));
    return () => stops.forEach((stop) => stop());
  }
  function read(): string {
    return command ? (isPossible(command, services) ? '1' : '0') + titleOf(command, services) : '';
  }
}

/** The shortcut that menus and tooltips show. */
export function shownKeys(command: Command, own: OwnKeys): string | undefined {
  const [keys] = keysOf(command, own);
  return keys === undefined ? undefined : formatKeys(keys, IS_MAC);
}
