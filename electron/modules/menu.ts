/** @file The native menu as data. Items carry ids of the editor's commands; the window runs them. */
import type { MenuItemConstructorOptions } from 'electron';

interface Item {
  readonly command: string;
  readonly label: string;
  readonly keys?: string;
}

const FILE: readonly (Item | null)[] = [
  { command: 'new', label: 'New', keys: 'CmdOrCtrl+N' },
  { command: 'open', label: 'Open…', keys: 'CmdOrCtrl+O' },
  { command: 'open-example', label: 'Open Example…' },
  null,
  { command: 'save', label: 'Save', keys: 'CmdOrCtrl+S' },
  { command: 'save-as', label: 'Save As…', keys: 'CmdOrCtrl+Shift+S' },
  { command: 'save-code', label: 'Save Code…' },
];

const EDIT: readonly (Item | null)[] = [
  { command: 'undo', label: 'Undo', keys: 'CmdOrCtrl+Z' },
  { command: 'redo', label: 'Redo', keys: 'CmdOrCtrl+Shift+Z' },
];

const RUN: readonly (Item | null)[] = [
  { command: 'run', label: 'Run', keys: 'CmdOrCtrl+Enter' },
  { command: 'train', label: 'Train' },
  { command: 'stop', label: 'Stop' },
  null,
  { command: 'command-palette', label: 'Commands…', keys: 'CmdOrCtrl+K' },
];

export function menuTemplate(platform: NodeJS.Platform, send: (command: string) => void): MenuItemConstructorOptions[] {
  const items = (list: readonly (Item | null)[]): MenuItemConstructorOptions[] =>
    list.map((item) =>
      item === null
        ? { type: 'separator' }
        : {
            id: item.command,
            label: item.label,
            // The window listens to the same keys; registering them twice would run a command twice.
            ...(item.keys === undefined ? {} : { accelerator: item.keys, registerAccelerator: false }),
            click: () => send(item.command),
          },
    );
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    { label: 'File', submenu: [...items(FILE), { type: 'separator' }, platform === 'darwin' ? { role: 'close' } : { role: 'quit' }] },
    { label: 'Edit', submenu: [...items(EDIT), { type: 'separator' }, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }] },
    { label: 'Run', submenu: items(RUN) },
    {
      label: 'View',
      submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { type: 'separator' }, { role: 'togglefullscreen' }],
    },
    { role: 'windowMenu' },
  ];
}
