/** @file The engine without a worker, for tests: answers are collected, and a message waits for its final answer. */
import { createEngine, type Engine, type EngineOptions } from '../run/engine.ts';
import { isInterim, type Answer, type BackendName, type Request, type RequestId } from '../run/protocol.ts';

type Body<R = Request> = R extends Request ? Omit<R, 'id'> : never;
type Kind = Answer['kind'];

export interface InProcess {
  readonly engine: Engine;
  /** Everything that was said, in order. */
  readonly answers: readonly Answer[];
  /** Sends a request; resolves with its final answer. `send.id` was its id. */
  send(body: Body): Promise<Answer> & { readonly id: RequestId };
  /** Sends a request and expects this final answer. */
  expect<K extends Kind>(kind: K, body: Body): Promise<Extract<Answer, { readonly kind: K }>>;
  /** The interim answers of one kind to one request. */
  said<K extends Kind>(kind: K, id: RequestId): Extract<Answer, { readonly kind: K }>[];
}

/** `onPause` runs at every pause, when the messages of a real worker would arrive. Without a backend the engine picks as in the app. */
export function startInProcess(
  backend?: BackendName,
  onPause: () => void = () => undefined,
  more: Pick<EngineOptions, 'budgetBytes' | 'isStopComing'> = {},
): InProcess {
  const answers: Answer[] = [];
  const waiting = new Map<RequestId, (answer: Answer) => void>();
  const engine = createEngine({
    post(answer) {
      answers.push(structuredClone(answer));
      if (!isInterim(answer)) waiting.get(answer.id)?.(answer);
    },
    async pause() {
      await new Promise((resolve) => {
        setTimeout(resolve, 0);
      });
      onPause();
    },
    backend,
    ...more,
  });
  let nextId = 1;
  const send = (body: Body) => {
    const id = nextId++;
    const answered = new Promise<Answer>((resolve) => {
      waiting.set(id, resolve);
    });
    engine.handle({ ...body, id } as Request);
    return Object.assign(answered, { id });
  };
  return {
    engine,
    answers,
    send,
    async expect(kind, body) {
      const answer = await send(body);
      if (answer.kind !== kind)
        throw new Error(
          `Expected the answer ${kind}, got ${answer.kind === 'failed' ? `${answer.problem.code}: ${answer.problem.message}` : answer.kind}.`,
        );
      return answer as Extract<Answer, { readonly kind: typeof kind }>;
    },
    said: (kind, id) =>
      answers.filter((answer): answer is Extract<Answer, { readonly kind: typeof kind }> => answer.id === id && answer.kind === kind),
  };
}
