/**
 * @file Stands in for Electron's binary in tests, by an alias in the Vitest configuration: a forgotten import can then
 * not start a download. It records what the main process asks for and lets a test play the system and the user.
 */
import { EventEmitter } from 'node:events';
import type { IpcMainInvokeEvent } from 'electron';

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<unknown>;

class FakeApp extends EventEmitter {
  readonly recent: string[] = [];
  isSandboxed = false;
  userData = '';
  requestSingleInstanceLock(): boolean {
    return true;
  }
  enableSandbox(): void {
    this.isSandboxed = true;
  }
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  getPath(): string {
    return this.userData;
  }
  addRecentDocument(file: string): void {
    this.recent.push(file);
  }
  quit(): void {
    this.emit('quit');
  }
}

class FakeWebContents extends EventEmitter {
  readonly sent: [string, unknown][] = [];
  windowOpenHandler: ((details: { url: string }) => { action: string }) | undefined;
  reloads = 0;
  send(channel: string, value: unknown): void {
    this.sent.push([channel, value]);
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }
  reload(): void {
    this.reloads += 1;
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  readonly webContents = new FakeWebContents();
  url = '';
  title = '';
  isEdited = false;
  isDestroyed = false;
  constructor(readonly options: Electron.BrowserWindowConstructorOptions) {
    super();
    BrowserWindow.all.push(this);
  }
  async loadURL(url: string): Promise<void> {
    this.url = url;
  }
  show(): void {}
  focus(): void {}
  setTitle(title: string): void {
    this.title = title;
  }
  setDocumentEdited(isEdited: boolean): void {
    this.isEdited = isEdited;
  }
  destroy(): void {
    this.isDestroyed = true;
  }
}

export const app = new FakeApp();

export const ipcMain = {
  handlers: new Map<string, Handler>(),
  handle(channel: string, handler: Handler): void {
    this.handlers.set(channel, handler);
  },
};

export const dialog = {
  errors: [] as [string, string][],
  showErrorBox(title: string, content: string): void {
    this.errors.push([title, content]);
  },
  showOpenDialog: async (): Promise<{ canceled: boolean; filePaths: string[] }> => ({ canceled: true, filePaths: [] }),
  showSaveDialog: async (): Promise<{ canceled: boolean; filePath: string }> => ({ canceled: true, filePath: '' }),
  showMessageBox: async (): Promise<{ response: number }> => ({ response: 2 }),
};

export const Menu = {
  template: [] as Electron.MenuItemConstructorOptions[],
  buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): Electron.MenuItemConstructorOptions[] {
    return template;
  },
  setApplicationMenu(template: Electron.MenuItemConstructorOptions[]): void {
    this.template = template;
  },
};

export const protocol = {
  schemes: [] as Electron.CustomScheme[],
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    this.schemes = schemes;
  },
};

type PermissionRequest = (contents: unknown, permission: string, answer: (allowed: boolean) => void) => void;

export const session = {
  defaultSession: {
    protocol: {
      handlers: new Map<string, (request: Request) => Promise<Response>>(),
      handle(scheme: string, handler: (request: Request) => Promise<Response>): void {
        this.handlers.set(scheme, handler);
      },
    },
    askPermission: undefined as PermissionRequest | undefined,
    checkPermission: undefined as ((contents: unknown, permission: string) => boolean) | undefined,
    setPermissionRequestHandler(handler: PermissionRequest): void {
      this.askPermission = handler;
    },
    setPermissionCheckHandler(handler: (contents: unknown, permission: string) => boolean): void {
      this.checkPermission = handler;
    },
  },
};

export const exposed = new Map<string, unknown>();
export const contextBridge = {
  exposeInMainWorld(name: string, api: unknown): void {
    exposed.set(name, api);
  },
};

class FakeIpcRenderer extends EventEmitter {
  /** Plays the window: the call reaches the real handlers of the main process. */
  invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    const handler = ipcMain.handlers.get(channel);
    if (!handler) return Promise.reject(new Error(`no handler for ${channel}`));
    const event = { senderFrame: { url: 'app://espalier/index.html', parent: null } };
    return handler(event as unknown as IpcMainInvokeEvent, ...args);
  }
}
export const ipcRenderer = new FakeIpcRenderer();
