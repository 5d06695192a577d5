import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addOp, moveNodes, newDocument } from '../../core/document/index.ts';
import { createMemoryPlatform } from '../platform/memory.ts';
import { createServices } from '../state/create-services.ts';
import type { Services } from '../state/services.ts';
import { keepTold } from './keep-told.ts';

let services: Services;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  const connect = () => {
    throw new Error('Nothing runs here.');
  };
  services = createServices({ platform: createMemoryPlatform({}), connect, document: newDocument() });
  stop = keepTold(services);
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

const said = () => services.announcer.getState().said.map(({ text }) => text);
const edit = (label: string) => {
  const { root } = services.document.getState().document;
  services.document.edit(label, (document) => addOp(document, root.class, { op: 'relu', at: { x: 0, y: 0 } }).document);
};

it('tells each step, its undoing and its return', () => {
  edit('Add relu');
  services.document.undo();
  services.document.redo();
  expect(said()).toEqual(['Added relu.', 'Undone: Add relu.', 'Done again: Add relu.']);
});

it('tells presses that are one step once', () => {
  edit('Add relu');
  const { document } = services.document.getState();
  const [id] = Object.keys(document.classes[document.root.class]!.nodes);
  for (let x = 4; x < 20; x += 4)
    services.document.edit('Move 1 node', (doc) => moveNodes(doc, doc.root.class, { [id!]: { x, y: 0 } }), { merge: 'nudge' });
  expect(said()).toEqual(['Added relu.', 'Move 1 node.']);
});

it('tells the problems that an edit left, once they are settled', () => {
  edit('Add relu');
  expect(said()).toHaveLength(1);
  vi.runAllTimers();
  // As the list has it: one part that is unfinished, however many of its nodes say so.
  expect(said().at(-1)).toBe(
    '1 problem. relu: expected a wire into "x", got none. relu leads to no output. Drag one from the output of a node.',
  );
  const told = said().length;
  services.document.undo();
  edit('Add relu');
  vi.runAllTimers();
  // As many as before: nothing new.
  expect(said()).toHaveLength(Math.min(4, told + 2));
});

it('tells how a run ended', () => {
  services.runs.setState({ status: 'running' });
  services.runs.setState({ status: 'failed', problem: { message: 'Expected 4 columns, got 3.' } as never });
  expect(said()).toEqual(['The run failed. Expected 4 columns, got 3.']);
});
