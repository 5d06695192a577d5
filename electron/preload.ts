/** @file Exposes the contract, and nothing of Electron itself, to the sandboxed window. */
import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE, CHANNELS, EVENTS, type Bridge, type EventName, type IpcEvents } from './shared/ipc-contract.ts';

const bridge: Bridge = {
  call(channel, ...args) {
    if (!CHANNELS.includes(channel)) return Promise.resolve({ ok: false, message: `There is no channel ${String(channel)}.` });
    return ipcRenderer.invoke(channel, ...args);
  },
  on<E extends EventName>(event: E, listener: (value: IpcEvents[E]) => void) {
    if (!EVENTS.includes(event)) return () => undefined;
    // The event object itself stays here: it would give the page the sender.
    const forward = (_event: unknown, value: IpcEvents[E]): void => listener(value);
    ipcRenderer.on(event, forward);
    return () => ipcRenderer.off(event, forward);
  },
};

contextBridge.exposeInMainWorld(BRIDGE, bridge);
