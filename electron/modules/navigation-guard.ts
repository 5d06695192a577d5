/** @file The window shows the editor and nothing else: no navigation, no second window, no permission, no webview. */
import type { Session, WebContents } from 'electron';

/** Writing text to the clipboard is what Copy in the code panel does; files are reached through dialogs only. */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

function isInside(target: string, origin: string): boolean {
  try {
    const url = new URL(target);
    return `${url.protocol}//${url.host}` === origin;
  } catch {
    return false;
  }
}

export type GuardedContents = Pick<WebContents, 'on' | 'setWindowOpenHandler'>;
export type GuardedSession = Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'>;

export function guardNavigation(contents: GuardedContents, origin: string): void {
  contents.on('will-navigate', (details) => {
    if (!isInside(details.url, origin)) details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!isInside(details.url, origin)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => {
    if (!isInside(details.url, origin)) details.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Electron approves every permission unless told otherwise. */
export function denyPermissions(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(ALLOWED_PERMISSIONS.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED_PERMISSIONS.has(permission));
}
