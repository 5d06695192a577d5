/** @file The main process: the order of start-up, and nothing else. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session } from 'electron';
import { makeAppProtocol, ORIGIN, SCHEME } from './modules/app-protocol.ts';
import { reloadBudget } from './modules/crash-budget.ts';
import { type Files, makeFiles } from './modules/files.ts';
import { makeHandlers } from './modules/handlers.ts';
import { routeCalls } from './modules/ipc.ts';
import { makeJsonStore } from './modules/json-store.ts';
import { menuTemplate } from './modules/menu.ts';
import { denyPermissions, guardNavigation } from './modules/navigation-guard.ts';
import { documentsOf, makeInbox } from './modules/opened-files.ts';
import { makeRecovery } from './modules/recovery.ts';
import { guardUnsaved, type UnsavedGuard } from './modules/unsaved-guard.ts';
import { windowOptions } from './modules/window-options.ts';
import type { EventName, IpcEvents } from './shared/ipc-contract.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const isFirst = app.requestSingleInstanceLock({ documents: documentsOf(process.argv, process.cwd()) });

let window: BrowserWindow | undefined;
let unsaved: UnsavedGuard | undefined;
let files: Files | undefined;

const inbox = makeInbox(async (file) => {
  try {
    const opened = await files?.read(file);
    if (opened) tell('open-file', opened);
  } catch (error) {
    dialog.showErrorBox(`${path.basename(file)} could not be opened`, error instanceof Error ? error.message : String(error));
  }
});

function tell<E extends EventName>(event: E, value: IpcEvents[E]): void {
  window?.webContents.send(event, value);
}

async function start(): Promise<void> {
  const preferences = makeJsonStore(path.join(app.getPath('userData'), 'preferences.json'));
  const recovery = makeRecovery(path.join(app.getPath('userData'), 'recovery'));
  const chosenFiles = makeFiles({ dialog, window: () => window, addRecent: (file) => app.addRecentDocument(file), preferences });

  files = chosenFiles;

  session.defaultSession.protocol.handle(SCHEME, makeAppProtocol(path.join(here, '../renderer')));
  denyPermissions(session.defaultSession);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, (command) => tell('command', command))));

  const setUnsaved = (isUnsaved: boolean, title: string): void => unsaved?.set(isUnsaved, title);
  const savedForClose = (isSaved: boolean): void => unsaved?.savedForClose(isSaved);
  const onReady = (): void => inbox.ready();
  routeCalls(ipcMain, ORIGIN, makeHandlers({ files: chosenFiles, recovery, preferences, setUnsaved, savedForClose, onReady }));

  window = new BrowserWindow(windowOptions(path.join(here, 'preload.cjs')));
  guardNavigation(window.webContents, ORIGIN);
  unsaved = guardUnsaved(window, dialog, { save: () => tell('save-for-close', null), discard: () => recovery.discard() });

  for (const file of documentsOf(process.argv, process.cwd())) inbox.deliver(file);
  app.on('second-instance', (_event, _argv, _folder, data) => {
    window?.show();
    window?.focus();
    for (const file of (data as { documents?: string[] }).documents ?? []) inbox.deliver(file);
  });
  const mayReload = reloadBudget(() => performance.now());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    inbox.pause();
    if (mayReload()) window?.webContents.reload();
    else
      dialog.showErrorBox(
        'The editor stopped',
        `Its process ended (${reason}) several times. The unsaved model is kept and offered at the next start.`,
      );
  });
  window.once('ready-to-show', () => window?.show());
  window.on('closed', () => (window = undefined));
  await window.loadURL(`${ORIGIN}/index.html`);
}

if (!isFirst) {
  app.quit();
} else {
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
  // macOS sends this before `ready` for a double-clicked document: the inbox keeps it.
  app.on('open-file', (event, file) => {
    event.preventDefault();
    inbox.deliver(file);
  });
  app.on('window-all-closed', () => app.quit());
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      dialog.showErrorBox('The editor could not start', error instanceof Error ? error.message : String(error));
      app.quit();
    });
}
