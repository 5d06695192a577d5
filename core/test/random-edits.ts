/** @file Edits chosen by numbers: what a person may do to a document in any order. Those that refuse in words change nothing. */
import { addFrame, addNote, annotationsOf, changeAnnotation, moveAnnotations, removeAnnotations } from '../document/edits/annotations.ts';
import { bookmarksOf, removeBookmark, setBookmark } from '../document/edits/bookmarks.ts';
import { setBypass } from '../document/edits/bypass.ts';
import { addClass, removeClass, renameClass } from '../document/edits/classes.ts';
import { copyNodes, duplicateNodes, paste } from '../document/edits/clipboard.ts';
import { readClipping, writeClipping } from '../document/edits/clipping-text.ts';
import { EditError } from '../document/edits/edit-error.ts';
import { groupIntoClass } from '../document/edits/group.ts';
import { addCall, addMember, removeMember, renameMember, setRepeat } from '../document/edits/members.ts';
import { addOp, moveNodes, removeNodes } from '../document/edits/nodes.ts';
import { setParam } from '../document/edits/params.ts';
import { removeProbe, setProbe } from '../document/edits/probes.ts';
import { setAttributesWhere, setMode } from '../document/edits/settings.ts';
import { ungroup } from '../document/edits/ungroup.ts';
import { addView } from '../document/edits/views.ts';
import { bridgeNodes, connect, disconnect, insertOnWire, moveWires, rewire } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import { replaceNodes } from '../check/replace-nodes.ts';
import type { ModelClass, ModelDocument, ModuleRef } from '../document/schema.ts';

/** A number below a bound, the next of the choices. */
type Choose = (bound: number) => number;
type RandomEdit = (document: ModelDocument, modelClass: ModelClass, choose: Choose) => ModelDocument;

const at = { x: 40, y: 80 };

function one<T>(items: readonly T[], choose: Choose): T {
  const item = items[choose(items.length)];
  if (item === undefined) throw new EditError('something to choose from', 'nothing', 'Choose another edit.');
  return item;
}

const nodesOf = (modelClass: ModelClass) => Object.keys(modelClass.nodes);

/** The empty way, and each member of the root that is of the class. */
function waysTo({ classes, root }: ModelDocument, id: string): readonly ModuleRef[] {
  const members = classes[root.class]?.members.filter(({ type }) => type === `class:${id}`) ?? [];
  return [[], ...members.map((member) => (member.repeat === undefined ? [member.id] : [member.id, 0]))];
}

/** Text that was copied in another document: a call of a class there, of one that holds another, and an input. */
const ELSEWHERE: readonly string[] = [1, 2].map((width) => {
  const inner = addClass(newDocument(), { name: 'Inner' });
  const filled = addMember(inner.document, inner.class, { type: 'Linear', args: { outFeatures: width }, at }).document;
  const outer = addClass(filled, { name: 'Outer' });
  const nested = addMember(outer.document, outer.class, { type: `class:${inner.class}`, at }).document;
  const called = addMember(nested, 'c1', { type: `class:${outer.class}`, at });
  return writeClipping(copyNodes(called.document, 'c1', ['n1', called.node]));
});

export const RANDOM_EDITS: Readonly<Record<string, RandomEdit>> = {
  addLinear: (document, { id }, choose) => addMember(document, id, { type: 'Linear', args: { outFeatures: 1 + choose(9) }, at }).document,
  addDropout: (document, { id }) => addMember(document, id, { type: 'Dropout', args: { rate: 0.5 }, at }).document,
  addParam: (document, { id }, choose) => addMember(document, id, { type: 'Param', args: { shape: [1 + choose(4)] }, at }).document,
  addOp: (document, { id }, choose) => addOp(document, id, { op: one(['relu', 'add', 'concatenate'], choose), args: {}, at }).document,
  addCall: (document, modelClass, choose) => addCall(document, modelClass.id, one(modelClass.members, choose).id, at).document,
  addUse: (document, modelClass, choose) => {
    const use = one([{ variable: 'kernel' }, { variable: 'bias' }, { method: 'attend' }], choose);
    return addCall(document, modelClass.id, one(modelClass.members, choose).id, at, use).document;
  },
  connect: (document, modelClass, choose) => {
    const ports = ['x', 'y', 'in', 'out', 'a', 'b', 'x0', 'x1', 'value'];
    const [from, to] = [one(nodesOf(modelClass), choose), one(nodesOf(modelClass), choose)];
    return connect(document, modelClass.id, { node: from, port: one(ports, choose) }, { node: to, port: one(ports, choose) });
  },
  disconnect: (document, modelClass, choose) => disconnect(document, modelClass.id, [one(Object.keys(modelClass.wires), choose)]),
  rewire: (document, modelClass, choose) => {
    const [wire, from, to] = [
      one(Object.values(modelClass.wires), choose),
      one(nodesOf(modelClass), choose),
      one(nodesOf(modelClass), choose),
    ];
    return rewire(document, modelClass.id, wire.id, { ...wire.from, node: from }, { ...wire.to, node: to });
  },
  moveWires: (document, modelClass, choose) => {
    const wire = one(Object.values(modelClass.wires), choose);
    const side = one(['input', 'output'] as const, choose);
    const from = side === 'input' ? wire.to : wire.from;
    return moveWires(document, modelClass.id, side, from, { ...from, node: one(nodesOf(modelClass), choose) });
  },
  insertOnWire: (document, modelClass, choose) => {
    const [wire, node] = [one(Object.keys(modelClass.wires), choose), one(nodesOf(modelClass), choose)];
    return insertOnWire(document, modelClass.id, wire, node, { input: 'x', output: 'y' });
  },
  remove: (document, modelClass, choose) => removeNodes(document, modelClass.id, [one(nodesOf(modelClass), choose)]),
  bridge: (document, modelClass, choose) => bridgeNodes(document, modelClass.id, [one(nodesOf(modelClass), choose)]),
  replace: (document, modelClass, choose) => {
    const [type, op] = [one(['Linear', 'Embed', 'MultiHeadAttention'], choose), one(['relu', 'concatenate', 'matmul'], choose)];
    const additions = [
      { kind: 'layer', type, args: {} },
      { kind: 'op', op, args: {} },
      { kind: 'constant', value: 1 },
      { kind: 'call', member: one(modelClass.members, choose).id },
    ] as const;
    const ids = Array.from({ length: 1 + choose(2) }, () => one(nodesOf(modelClass), choose));
    return replaceNodes(document, modelClass.id, ids, { addition: one(additions, choose) }).document;
  },
  bypass: (document, modelClass, choose) =>
    setBypass(document, modelClass.id, [one(nodesOf(modelClass), choose), one(nodesOf(modelClass), choose)], choose(3) > 0),
  duplicate: (document, modelClass, choose) =>
    duplicateNodes(
      document,
      modelClass.id,
      [one(nodesOf(modelClass), choose)],
      annotationsOf(modelClass).map((each) => each.id),
    ).document,
  paste: (document, { id }, choose) => {
    const read = readClipping(one(ELSEWHERE, choose));
    if ('message' in read) throw new Error(read.message);
    return paste(document, id, read.clipping).document;
  },
  removeMember: (document, modelClass, choose) => removeMember(document, modelClass.id, one(modelClass.members, choose).id),
  removeClass: (document, { id }) => removeClass(document, id),
  group: (document, modelClass, choose) => groupIntoClass(document, modelClass.id, [one(nodesOf(modelClass), choose)]).document,
  ungroup: (document, modelClass, choose) => {
    const calls = Object.values(modelClass.nodes).filter(({ kind }) => kind === 'call');
    return ungroup(document, modelClass.id, one(calls, choose).id).document;
  },
  move: (document, modelClass, choose) =>
    moveNodes(document, modelClass.id, { [one(nodesOf(modelClass), choose)]: { x: choose(99), y: choose(99) } }),
  setParam: (document, modelClass, choose) =>
    setParam(
      document,
      modelClass.id,
      { member: one(modelClass.members, choose).id },
      one(['outFeatures', 'rate', 'useBias'], choose),
      choose(9),
    ),
  rename: (document, modelClass, choose) =>
    renameMember(document, modelClass.id, one(modelClass.members, choose).id, `renamed${choose(99)}`),
  renameClass: (document, { id }, choose) => renameClass(document, id, `Named${choose(99)}`),
  repeat: (document, modelClass, choose) =>
    setRepeat(document, modelClass.id, one(modelClass.members, choose).id, one([undefined, 0, 1, 3], choose)),
  addClass: (document) => addClass(document, {}).document,
  probe: (document, modelClass, choose) =>
    setProbe(document, modelClass.id, {
      at: { node: one(nodesOf(modelClass), choose), port: one(['y', 'out'], choose) },
      kind: one(['sow', 'perturb'] as const, choose),
    }).document,
  unprobe: (document, modelClass, choose) => removeProbe(document, modelClass.id, one(modelClass.probes, choose).id),
  mode: (document, _, choose) => setMode(document, one(['train', 'eval'] as const, choose)),
  set: (document) => setAttributesWhere(document, { kind: 'type', type: 'Dropout' }, { deterministic: true }),
  note: (document, { id }, choose) => addNote(document, id, { text: `Note ${choose(9)}`, at: { x: choose(400), y: choose(400) } }).document,
  frame: (document, { id }, choose) => addFrame(document, id, { at, size: { width: choose(400), height: choose(400) } }).document,
  retitle: (document, modelClass, choose) => {
    const each = one(annotationsOf(modelClass), choose);
    return changeAnnotation(document, modelClass.id, each.id, each.kind === 'note' ? { text: 'Other' } : { title: 'Other', color: 'blue' });
  },
  moveNote: (document, modelClass, choose) =>
    moveAnnotations(document, modelClass.id, { [one(annotationsOf(modelClass), choose).id]: { x: choose(99), y: choose(99) } }),
  removeNote: (document, modelClass, choose) => removeAnnotations(document, modelClass.id, [one(annotationsOf(modelClass), choose).id]),
  bookmark: (document, { id }, choose) =>
    setBookmark(document, {
      key: 1 + choose(9),
      class: id,
      instance: one(waysTo(document, id), choose),
      x: choose(99),
      y: choose(99),
      zoom: 1,
    }),
  unbookmark: (document, _, choose) => removeBookmark(document, one(bookmarksOf(document), choose).key),
  view: (document) => addView(document, { name: 'seen', only: { kind: 'everything' }, attributes: { deterministic: true } }).document,
};

/** The document after edits chosen by the numbers; `after` sees every one on the way. */
export function applyRandomEdits(
  start: ModelDocument,
  numbers: readonly number[],
  after: (document: ModelDocument, before: ModelDocument, name: string) => void = () => {},
): ModelDocument {
  const names = Object.keys(RANDOM_EDITS);
  let document = start;
  for (const number of numbers) {
    let rest = number;
    const choose: Choose = (bound) => {
      const value = bound === 0 ? 0 : rest % bound;
      // A new number from the old one, so that later choices differ, too.
      rest = (Math.imul(rest ^ (rest >>> 7), 2654435761) >>> 0) + 17;
      return value;
    };
    const name = one(names, choose);
    const modelClass = one(Object.values(document.classes), choose);
    try {
      const edited = RANDOM_EDITS[name]!(document, modelClass, choose);
      after(edited, document, name);
      document = edited;
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
    }
  }
  return document;
}
