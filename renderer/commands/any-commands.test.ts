/** @file Hundreds of commands in any order on models that somebody else has left: nothing throws, each gesture is a step, all is taken back. */
import { createRequire } from 'node:module';
import { beforeAll, expect, it, vi } from 'vitest';
import { pathOf, writeDocument, parseDocument, type FilterSpec, type ModelDocument } from '../../core/document/index.ts';
import { untidyDocument } from '../../core/test/untidy-documents.ts';
import { createMemoryPlatform } from '../platform/memory.ts';
import { createServices } from '../state/create-services.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import type { DialogAnswer, DialogKind } from '../state/questions.ts';
import type { Services } from '../state/services.ts';
import { COMMANDS } from '../shell/commands.ts';
import { isPossible } from './command.ts';

/** ELK's own file answers in this process as it does in a worker. */
const { Worker: ElkWorker } = createRequire(import.meta.url)('elkjs/lib/elk-worker.min.js') as { Worker: new (url?: string) => Worker };

/** Files, runs, what waits for the live model, and what only shows something else. Undo and redo are asked for at the end. */
const LEFT_OUT =
  /^(new|open.*|save.*|use-data-.*|run|train.*|diagnose-.*|stop|switch-mode-of-selection|fit-to-data|reset-values|undo|redo|theme-.*|quick-add|about|shortcuts)$/;

type Answer = DialogAnswer<DialogKind> | undefined;

// Nothing is drawn here.
beforeAll(() => void vi.stubGlobal('requestAnimationFrame', () => 0));

const nextTurn = () => new Promise<false>((resolve) => void setImmediate(resolve, false));

const STEPS = 100;

function numbers(seed: number): (bound: number) => number {
  let state = seed * 7919;
  return (bound) => Math.floor(((state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 2 ** 32) * bound);
}

function start(document: ModelDocument): Services {
  return createServices({
    platform: createMemoryPlatform(),
    connect: () => {
      throw new Error('Nothing is run here.');
    },
    startElk: () => new ElkWorker(''),
    document,
  });
}

/** What names something that is not there. */
function deadReferences(document: ModelDocument): ReadonlySet<string> {
  const dead = new Set<string>();
  const need = (isThere: boolean, what: string) => isThere || dead.add(what);
  const ways = (filter: FilterSpec, of: string): void => {
    if (filter.kind === 'modules') for (const ref of filter.at) need(pathOf(document, ref) !== undefined, `${of} ${JSON.stringify(ref)}`);
    if (filter.kind === 'any' || filter.kind === 'all') for (const each of filter.of) ways(each, of);
    if (filter.kind === 'not') ways(filter.of, of);
  };
  need(document.root.class in document.classes, 'root');
  for (const { id, nodes, wires, members, probes, layout } of Object.values(document.classes)) {
    const names = new Set(members.map((each) => each.id));
    for (const node of Object.values(nodes)) if (node.kind === 'call') need(names.has(node.member), `member ${node.member}`);
    for (const each of Object.values(wires)) for (const end of [each.from, each.to]) need(end.node in nodes, `${id} wire ${each.id}`);
    for (const each of members) need(each.aliasOf === undefined || names.has(each.aliasOf), `alias of ${each.aliasOf}`);
    for (const each of members) if (each.type.startsWith('class:')) need(each.type.slice(6) in document.classes, each.type);
    for (const each of probes) need(each.at.node in nodes, `${id} probe ${each.id}`);
    for (const each of Object.keys(layout)) need(each in nodes, `${id} place of ${each}`);
  }
  for (const each of document.settings) if (each.kind === 'set') ways(each.only, `setting ${each.id}`);
  for (const each of document.views) ways(each.only, `view ${each.id}`);
  for (const each of document.bookmarks ?? []) {
    need(each.class in document.classes, `bookmark ${each.key}`);
    need(pathOf(document, each.instance) !== undefined, `bookmark ${each.key} ${JSON.stringify(each.instance)}`);
  }
  return dead;
}

function answerTo(kind: DialogKind, below: (bound: number) => number): Answer {
  if (kind === 'rename') return `named${below(40)}`;
  if (kind === 'repeat') return below(5);
  return undefined;
}

/** Something of the open class, or nothing; sometimes another class. */
function chooseAtRandom({ document, session }: Services, below: (bound: number) => number): void {
  const present = document.getState().document;
  const open = findOpenClass(present, session.getState().open);
  if (!open) return session.leaveTo(0);
  const some = <T>(items: readonly T[], most: number): readonly T[] =>
    items.length === 0 ? [] : [...new Set(Array.from({ length: below(most + 1) }, () => items[below(items.length)]!))];
  const nodes = some(Object.keys(open.nodes), below(6) === 0 ? 12 : 2);
  session.select({
    nodes,
    wires: some(Object.keys(open.wires), below(4) === 0 ? 2 : 0),
    annotations: some(
      (open.annotations ?? []).map((each) => each.id),
      below(5) === 0 ? 2 : 0,
    ),
  });
}

it.each([1, 2, 3])('of an untidy model, walk %i', { timeout: 120_000 }, async (seed) => {
  const below = numbers(seed);
  const first = untidyDocument(40, { seed, faulty: seed % 2 === 0 ? 0 : 0.1 });
  const services = start(first);
  const { document, session, dialogs } = services;
  const dead = deadReferences(first);
  const possible = COMMANDS.filter(({ id }) => !LEFT_OUT.test(id));
  const done: string[] = [];
  for (let step = 0; step < STEPS; step++) {
    if (below(2) === 0) chooseAtRandom(services, below);
    const now = possible.filter((each) => isPossible(each, services));
    const edits = now.filter(({ group }) => group === 'edit');
    const command = below(2) > 0 ? edits[below(edits.length)]! : now[below(now.length)]!;
    const before = document.getState();
    done.push(`${command.id} ${JSON.stringify(session.getState().selection)}`);
    const asked = Promise.resolve(command.run(services)).then(() => true);
    // What it asks, it may ask at once or later.
    for (let isDone = false; !isDone; isDone = await Promise.race([asked, nextTurn()])) {
      const question = dialogs.getState().open;
      if (!question) continue;
      expect(question.kind, `${done.at(-1)} fails: ${JSON.stringify(question)}`).not.toBe('error');
      dialogs.answer(answerTo(question.kind, below));
    }
    const after = document.getState();
    expect(after.gesture, `${done.at(-1)} leaves a gesture open`).toBeNull();
    expect(after.history.past.length - before.history.past.length, `steps of ${done.at(-1)}`).toBeLessThanOrEqual(1);
    if (after.history.past.length === before.history.past.length && after.history.past.at(-1) === before.history.past.at(-1))
      expect(after.document, `${done.at(-1)} changes without a step`).toBe(before.document);
    const lost = [...deadReferences(after.document)].filter((each) => !dead.has(each));
    expect(lost, `${done.at(-1)} leaves dead references`).toEqual([]);
    const text = writeDocument(after.document);
    const read = parseDocument(text);
    expect(read.ok && writeDocument(read.document), `${done.at(-1)} leaves what cannot be read`).toBe(text);
  }
  while (document.undo());
  expect(writeDocument(document.getState().document)).toBe(writeDocument(first));
});
