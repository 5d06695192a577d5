import { expect, it } from 'vitest';
import { setParam } from '../../core/document/index.ts';
import type { Answer, ModuleInfo, Request } from '../../core/run/index.ts';
import { chain } from '../../core/test/chain.ts';
import { windowEnd, workerEnd } from './wire.ts';

const module = (name: string, rate: number): ModuleInfo => ({
  path: [name],
  type: 'Dropout',
  paramCount: 0,
  variables: [],
  attributes: [{ name: 'rate', value: rate, mode: false }],
  alsoAt: [],
});

it('carries requests and answers as they are, and keeps what did not change the same', () => {
  const [window, worker] = [windowEnd(), workerEnd()];
  const document = chain(20);
  const edited = setParam(document, 'root', { member: 'm2' }, 'rate', 0.5);
  const received = [document, edited, document].map((each, id) => {
    const request: Request = { id, kind: 'describe', document: each };
    const there = worker.receive(structuredClone(window.send(request)));
    expect(there).toEqual(request);
    return there;
  });
  const nodesOf = (request: Request) => ('document' in request ? request.document.classes['root']!.nodes : undefined);
  expect(nodesOf(received[1]!)).toBe(nodesOf(received[0]!));

  const lists = [[module('a', 0.1), module('b', 0.1)], [module('a', 0.1), module('b', 0.5)], [module('b', 0.5)]];
  const answers = lists.map((modules, id): Answer => ({ id, kind: 'described', modules, problem: null }));
  const came = answers.map((answer) => window.receive(structuredClone(worker.send(answer))));
  expect(came).toEqual(answers);
  const first = (answer: Answer) => (answer.kind === 'described' ? answer.modules[0] : undefined);
  expect(first(came[1]!)).toBe(first(came[0]!));
});

it('carries messages without documents and module trees untouched', () => {
  const [window, worker] = [windowEnd(), workerEnd()];
  const stop: Request = { id: 1, kind: 'stop' };
  expect(worker.receive(structuredClone(window.send(stop)))).toEqual(stop);
  const answer: Answer = { id: 1, kind: 'stopped' };
  expect(window.receive(structuredClone(worker.send(answer)))).toEqual(answer);
});
