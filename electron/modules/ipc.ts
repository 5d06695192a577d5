/** @file The only place that listens to the window: every message is checked for its sender before it is answered. */
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { CHANNELS, type CallArguments, type Channel, type Outcome, type Result } from '../shared/ipc-contract.ts';

export type Handlers = { readonly [C in Channel]: (...args: CallArguments<C>) => Promise<Result<C>> };

/** What is used of Electron's `ipcMain`. */
export type IpcPort = Pick<IpcMain, 'handle'>;

/** Only the main frame of our own pages may ask. */
function isOurs(event: Pick<IpcMainInvokeEvent, 'senderFrame'>, origin: string): boolean {
  const frame = event.senderFrame;
  if (!frame || frame.parent !== null) return false;
  try {
    const url = new URL(frame.url);
    return `${url.protocol}//${url.host}` === origin;
  } catch {
    return false;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What each channel takes, by JavaScript type; a page that was taken over cannot send anything else. */
const SHAPES: Readonly<Record<Channel, readonly string[]>> = {
  'file:open': ['object'],
  'file:save': ['string', 'string'],
  'file:save-as': ['string', 'object', 'string'],
  'recovery:write': ['string', 'string'],
  'recovery:clear': ['string'],
  'recovery:left': ['string'],
  'preference:read': ['string'],
  'preference:write': ['string', 'string'],
  'window:unsaved': ['boolean', 'string'],
  'window:saved-for-close': ['boolean'],
  'window:ready': [],
};

/** Answers every channel of the contract; a refused or failed call comes back as `{ ok: false, message }`. */
export function routeCalls(ipc: IpcPort, origin: string, handlers: Handlers): void {
  for (const channel of CHANNELS) {
    ipc.handle(channel, async (event, ...args: unknown[]): Promise<Outcome<unknown>> => {
      if (!isOurs(event, origin)) return { ok: false, message: `Refused: ${channel} was sent by a page that is not the editor.` };
      const shape = SHAPES[channel];
      const fits = args.length === shape.length && shape.every((type, index) => typeof args[index] === type && args[index] !== null);
      if (!fits)
        return {
          ok: false,
          message: `Refused: ${channel} takes (${shape.join(', ')}), got (${args.map((arg) => typeof arg).join(', ')}).`,
        };
      try {
        const handler = handlers[channel] as (...checked: unknown[]) => Promise<unknown>;
        return { ok: true, value: await handler(...args) };
      } catch (error) {
        return { ok: false, message: messageOf(error) };
      }
    });
  }
}
