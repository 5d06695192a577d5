/** @file How messages travel between window and worker: documents and module trees as what has changed since the last of theirs. */
import type { ModelDocument } from '../../core/document/index.ts';
import type { Answer, ModuleInfo, Request } from '../../core/run/index.ts';
import { diff, patch, type Delta } from './delta.ts';

/** A message without what travels as a delta, and the delta. */
export interface Sent {
  readonly message: unknown;
  readonly delta?: Delta;
}

/** One end of a channel for one kind of value. */
class Channel<T> {
  private last: T | undefined;

  send(value: T): Delta {
    const delta = diff(this.last, value);
    this.last = value;
    return delta;
  }

  receive(delta: Delta): T {
    return (this.last = patch(this.last, delta) as T);
  }
}

/** The window's end. One for each worker. */
export function windowEnd(): { send(request: Request): Sent; receive(sent: Sent): Answer } {
  const documents = new Channel<ModelDocument>();
  const modules = new Channel<readonly ModuleInfo[]>();
  return {
    send(request) {
      if (!('document' in request)) return { message: request };
      const { document, ...message } = request;
      return { message, delta: documents.send(document) };
    },
    receive({ message, delta }) {
      if (delta === undefined) return message as Answer;
      const list = modules.receive(delta);
      const answer = message as Extract<Answer, { kind: 'described' | 'trained' | 'ran' }>;
      return answer.kind === 'ran' ? { ...answer, result: { ...answer.result, modules: list } } : { ...answer, modules: list };
    },
  };
}

/** The worker's end. */
export function workerEnd(): { send(answer: Answer): Sent; receive(sent: Sent): Request } {
  const documents = new Channel<ModelDocument>();
  const modules = new Channel<readonly ModuleInfo[]>();
  return {
    send(answer) {
      if (answer.kind === 'ran') {
        const message = { ...answer, result: { ...answer.result, modules: [] } };
        return { message, delta: modules.send(answer.result.modules) };
      }
      if (answer.kind !== 'described' && answer.kind !== 'trained') return { message: answer };
      return { message: { ...answer, modules: [] }, delta: modules.send(answer.modules) };
    },
    receive({ message, delta }) {
      return (delta === undefined ? message : { ...(message as object), document: documents.receive(delta) }) as Request;
    },
  };
}
