import { type KeyboardEvent, useState } from 'react';
import type { Command } from '../../commands/command.ts';
import { formatKeys, keysOfPress } from '../../commands/keys.ts';
import { giveKeys, holderOf, keysOf, resetKeys } from '../../commands/own-keys.ts';
import { useSession, useSessionStore } from '../../hooks/session.ts';
import { Button } from '../../ui/button.tsx';
import { COMMANDS } from '../commands.ts';
import { IS_MAC } from '../use-commands.ts';

interface ShortcutRowProps {
  readonly command: Command;
  readonly isRecording: boolean;
  readonly onRecord: (isRecording: boolean) => void;
}

/** A command with its keys, which a press of others replaces. */
export function ShortcutRow({ command, isRecording, onRecord }: ShortcutRowProps) {
  const session = useSessionStore();
  const own = useSession((state) => state.ownKeys);
  const keys = keysOf(command, own);
  return (
    <li className="shortcut" data-recording={isRecording || undefined}>
      <span>{command.title}</span>
      {isRecording ? (
        <KeyRecorder command={command} onDone={() => onRecord(false)} />
      ) : (
        <span className="shortcut-keys">
          {keys.map((each) => (
            <kbd key={each}>{formatKeys(each, IS_MAC)}</kbd>
          ))}
          {Object.hasOwn(own, command.id) && (
            <Button
              tone="quiet"
              size="small"
              label={`Reset the keys of ${command.title}`}
              onPress={() => session.set({ ownKeys: resetKeys(command, COMMANDS, own) })}
            >
              Reset
            </Button>
          )}
          {/* What the browser alone can answer keeps its keys. */}
          {command.keysComeAs === undefined && (
            <Button tone="quiet" size="small" label={`Change the keys of ${command.title}`} onPress={() => onRecord(true)}>
              {keys.length === 0 ? 'Add' : 'Change'}
            </Button>
          )}
        </span>
      )}
    </li>
  );
}

/** Takes the next press. Keys that another command has are named, and taken from it only when asked. */
function KeyRecorder({ command, onDone }: { readonly command: Command; readonly onDone: () => void }) {
  const session = useSessionStore();
  const own = useSession((state) => state.ownKeys);
  const [pressed, setPressed] = useState<string | null>(null);
  const holder = pressed === null ? undefined : holderOf(pressed, command.id, COMMANDS, own);
  const give = (keys: string): void => {
    session.set({ ownKeys: giveKeys(keys, command, COMMANDS, own) });
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return onDone();
    const keys = keysOfPress(event.nativeEvent, IS_MAC);
    if (keys === undefined) return;
    if (holderOf(keys, command.id, COMMANDS, own)) setPressed(keys);
    else give(keys);
  };
  return (
    <span className="shortcut-keys">
      <button
        type="button"
        className="key-recorder"
        aria-label={`New keys for ${command.title}: press them, or Escape to leave`}
        ref={(button) => button?.focus()}
        onKeyDown={onKeyDown}
      >
        {pressed === null ? 'Press the new keys' : formatKeys(pressed, IS_MAC)}
      </button>
      {pressed !== null && holder && (
        <span role="alert" className="shortcut-conflict">
          is “{holder.title}”.
          <Button size="small" onPress={() => give(pressed)}>
            Take it
          </Button>
        </span>
      )}
      <Button tone="quiet" size="small" onPress={onDone}>
        Cancel
      </Button>
    </span>
  );
}
