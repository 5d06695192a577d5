/** @file The engine of the window's worker in this process, on the CPU: one request, one answer, with what is said on the way. */
import { createEngine } from '../core/run/engine.ts';
import { isInterim, type Answer, type Request } from '../core/run/index.ts';

export { recordOnCpu } from '../core/run/recording.ts';
export type { RecordedModel } from '../core/run/record-model.ts';

type Body<R = Request> = R extends Request ? Omit<R, 'id'> : never;
type Kind = Answer['kind'];
type AnswerOf<K extends Kind> = Extract<Answer, { readonly kind: K }>;

export interface LocalEngine {
  /** The final answer; `onInterim` hears what comes before. */
  ask(body: Body, onInterim?: (answer: Answer) => void): Promise<Answer>;
  dispose(): void;
}

export function startEngine(): LocalEngine {
  let hear: (answer: Answer) => void = () => undefined;
  const engine = createEngine({
    post: (answer) => hear(answer),
    pause: () => new Promise((resolve) => void setImmediate(resolve)),
    backend: 'cpu',
  });
  let nextId = 1;
  return {
    ask: (body, onInterim = () => undefined) =>
      new Promise((resolve) => {
        hear = (answer) => (isInterim(answer) ? onInterim(answer) : resolve(answer));
        engine.handle({ ...body, id: nextId++ } as Request);
      }),
    dispose: () => engine.dispose(),
  };
}

export function isKind<K extends Kind>(answer: Answer, kind: K): answer is AnswerOf<K> {
  return answer.kind === kind;
}
