/** @file Random documents that are models: made by the edits that a user makes, each step fitting what is there. */
import fc from 'fast-check';
import { checkDocument } from '../check/check-document.ts';
import { whyNotBypass } from '../check/bypass.ts';
import { mayBypass, setBypass } from '../document/edits/bypass.ts';
import { addClass } from '../document/edits/classes.ts';
import { addField } from '../document/edits/fields.ts';
import { addAlias, addCall, addMember, setListUse, setRepeat } from '../document/edits/members.ts';
import { addConstant, addInput, addOp, addOutput, removeNodes, setInput } from '../document/edits/nodes.ts';
import { setProbe } from '../document/edits/probes.ts';
import { setRun } from '../document/edits/run.ts';
import { setAttributesWhere, setMode } from '../document/edits/settings.ts';
import { connect } from '../document/edits/wires.ts';
import { newDocument } from '../document/new-document.ts';
import { withMix } from './lists.ts';
import type { Arguments, ClassId, ModelDocument, PortRef } from '../document/schema.ts';

/** One step of building: which kind, from which values, how large. */
interface Choice {
  readonly kind: number;
  readonly from: number;
  readonly other: number;
  readonly size: number;
  readonly flag: boolean;
}

/** A value on the canvas with its features, (batch, features). */
interface Value {
  readonly port: PortRef;
  readonly features: number;
}

const choice: fc.Arbitrary<Choice> = fc.record({
  kind: fc.nat(99),
  from: fc.nat(99),
  other: fc.nat(99),
  size: fc.integer({ min: 1, max: 5 }),
  flag: fc.boolean(),
});

/** Documents of up to twelve steps: layers, ops, shared calls, lists, aliases, nested classes with fields, probes, settings. */
export const validDocument: fc.Arbitrary<ModelDocument> = fc
  .record({
    steps: fc.array(choice, { minLength: 1, maxLength: 12 }),
    mode: fc.constantFrom('train', 'eval', 'none'),
    seed: fc.nat(1000),
    bypassed: fc.array(fc.nat(99), { maxLength: 2 }),
  })
  .map(({ steps, mode, seed, bypassed }) => {
    const { document: blocks, block } = withBlock(newDocument());
    const { document: start, mix } = withMix(blocks);
    let document = start;
    const values: Value[] = [{ port: { node: 'n1', port: 'out' }, features: 2 }];
    for (const each of steps) document = addStep(document, { block, mix }, values, each);
    document = connect(document, 'c1', values.at(-1)!.port, { node: 'n2', port: 'in' });
    document = bypassSome(document, bypassed);
    document = setRun(document, { seed, source: { type: 'normal', args: { seed } } });
    return mode === 'none' ? document : setMode(document, mode);
  });

const at = { x: 0, y: 0 };

/** A class with a field: Linear(width, 2 * width), tanh, Linear(2 * width, width), added to what came. */
function withBlock(start: ModelDocument): { document: ModelDocument; block: ClassId } {
  const added = addClass(start, { name: 'Block' });
  const block = added.class;
  let document = addField(added.document, block, { name: 'width', doc: 'Features in and out.' }).document;
  document = setInput(document, block, 'n1', { shape: ['batch', { $: 'width' }] });
  const first = addMember(document, block, { type: 'Linear', args: { inFeatures: { $: 'width' }, outFeatures: { $: '2 * width' } }, at });
  const act = addOp(first.document, block, { op: 'tanh', at });
  const second = addMember(act.document, block, {
    type: 'Linear',
    args: { inFeatures: { $: '2*width' }, outFeatures: { $: 'width' } },
    at,
  });
  const sum = addOp(second.document, block, { op: 'add', at });
  const shape = addOp(sum.document, block, { op: 'reshape', args: { shape: [-1, { $: 'width' }] }, at });
  const wires = [
    ['n1', 'out', first.node, 'x'],
    [first.node, 'y', act.node, 'x'],
    [act.node, 'y', second.node, 'x'],
    ['n1', 'out', sum.node, 'a'],
    [second.node, 'y', sum.node, 'b'],
    [sum.node, 'y', shape.node, 'x'],
    [shape.node, 'y', 'n2', 'in'],
  ] as const;
  document = wires.reduce(
    (wired, [from, out, to, into]) => connect(wired, block, { node: from, port: out }, { node: to, port: into }),
    shape.document,
  );
  return { document: setProbe(document, block, { at: { node: act.node, port: 'y' }, kind: 'sow' }).document, block };
}

interface Classes {
  readonly block: ClassId;
  readonly mix: ClassId;
}

const OPS = ['relu', 'tanh', 'sigmoid', 'gelu', 'softmax', 'identity'];
const UNARY: readonly (readonly [type: string, args: (features: number, flag: boolean) => Arguments])[] = [
  ['BatchNorm', (features, flag) => (flag ? { numFeatures: features } : {})],
  ['LayerNorm', (features, flag) => (flag ? { numFeatures: features, epsilon: 1e-3 } : {})],
  ['Dropout', (_, flag) => ({ rate: flag ? 0.25 : 0.5 })],
];

function addStep(
  document: ModelDocument,
  { block, mix }: Classes,
  values: Value[],
  { kind, from, other, size, flag }: Choice,
): ModelDocument {
  const source = values[(values.length - 1 - (from % 3) + values.length) % values.length]!;
  const wireIn = (added: { readonly document: ModelDocument; readonly node: string }, features: number, port = 'x'): ModelDocument => {
    values.push({ port: { node: added.node, port: 'y' }, features });
    return connect(added.document, 'c1', source.port, { node: added.node, port });
  };
  const { features } = source;
  switch (kind % 17) {
    case 0:
    case 1: {
      const args = { ...(flag ? { inFeatures: features } : {}), outFeatures: size, ...(other % 4 === 0 ? { useBias: false } : {}) };
      return wireIn(addMember(document, 'c1', { type: 'Linear', args, at }), size);
    }
    case 2:
      return wireIn(addOp(document, 'c1', { op: OPS[other % OPS.length]!, at }), features);
    case 3: {
      const [type, args] = UNARY[other % UNARY.length]!;
      return wireIn(addMember(document, 'c1', { type, args: args(features, flag), at }), features);
    }
    case 4: {
      const fitting = values.filter((value) => value.features === features);
      const added = addOp(document, 'c1', { op: flag ? 'add' : 'multiply', at });
      return connect(wireIn(added, features, 'a'), 'c1', fitting[other % fitting.length]!.port, { node: added.node, port: 'b' });
    }
    case 5: {
      const second = values[other % values.length]!;
      const added = addOp(document, 'c1', { op: 'concatenate', at });
      return connect(wireIn(added, features + second.features, 'x0'), 'c1', second.port, { node: added.node, port: 'x1' });
    }
    case 6: {
      const added = addMember(document, 'c1', { type: 'Linear', args: { outFeatures: features }, at });
      return setRepeat(wireIn(added, features), 'c1', added.member, other % 4);
    }
    case 7:
    case 8: {
      const added = addMember(document, 'c1', { type: `class:${block}`, args: { width: features }, at });
      const wired = wireIn(added, features);
      return flag ? setRepeat(wired, 'c1', added.member, 2) : wired;
    }
    case 9: {
      // A second call of a member, or of an alias of it, where the features allow it.
      const added = addMember(document, 'c1', { type: 'Linear', args: { outFeatures: features }, at });
      const wired = wireIn(added, features);
      const alias = flag
        ? addAlias(wired, 'c1', added.member, `${document.classes['c1']!.members.length}tied`.replace(/^(\d+)(.*)$/, '$2$1'))
        : undefined;
      const again = addCall(alias?.document ?? wired, 'c1', alias?.member ?? added.member, at);
      values.push({ port: { node: again.node, port: 'y' }, features });
      return connect(again.document, 'c1', { node: added.node, port: 'y' }, { node: again.node, port: 'x' });
    }
    case 10:
      return source.port.port === 'out' ? document : setProbe(document, 'c1', { at: source.port, kind: flag ? 'sow' : 'perturb' }).document;
    case 11: {
      const given = addConstant(document, 'c1', { value: Array.from({ length: features }, (_, i) => i - 0.5), at });
      const added = addOp(given.document, 'c1', { op: 'multiply', at });
      return connect(wireIn(added, features, 'a'), 'c1', { node: given.node, port: 'out' }, { node: added.node, port: 'b' });
    }
    case 12: {
      // The kernel of a member used again, turned round: a tied decoder. Once, as chains of them bend more than differences can follow.
      if (Object.values(document.classes['c1']!.nodes).some((node) => node.kind === 'call' && node.variable !== undefined)) return document;
      const added = addMember(document, 'c1', { type: 'Linear', args: { outFeatures: size, useBias: flag }, at });
      const wired = wireIn(added, size);
      const kernel = addCall(wired, 'c1', added.member, at, { variable: 'kernel' });
      const turned = addOp(kernel.document, 'c1', { op: 'transpose', at });
      const product = addOp(turned.document, 'c1', { op: 'matmul', at });
      values.push({ port: { node: product.node, port: 'y' }, features });
      const wires = [
        [kernel.node, 'value', turned.node, 'x'],
        [added.node, 'y', product.node, 'a'],
        [turned.node, 'y', product.node, 'b'],
      ] as const;
      return wires.reduce(
        (each, [node, port, to, into]) => connect(each, 'c1', { node, port }, { node: to, port: into }),
        product.document,
      );
    }
    case 13: {
      // A table of which only `attend` is called.
      const given = addMember(document, 'c1', { type: 'Embed', args: { numEmbeddings: size, features }, at });
      const bare = removeNodes(addCall(given.document, 'c1', given.member, at, { method: 'attend' }).document, 'c1', [given.node]);
      const { id } = Object.values(bare.classes['c1']!.nodes).find((node) => node.kind === 'call' && node.member === given.member)!;
      return wireIn({ document: bare, node: id }, size, 'query');
    }
    case 14: {
      // A list whose items all see the same: side by side, or one of them; with its kernel besides.
      const added = addMember(document, 'c1', { type: 'Linear', args: { outFeatures: size }, at });
      const repeated = setRepeat(added.document, 'c1', added.member, 2 + (other % 2));
      const use = flag ? ({ collect: 'concatenate' } as const) : { item: other % 2 };
      const listed = setListUse(repeated, 'c1', added.node, use);
      return wireIn({ document: listed, node: added.node }, flag ? size * (2 + (other % 2)) : size);
    }
    case 15: {
      // Items of two inputs: the first one carried, the second one shared; or stacked, and their mean taken.
      const fitting = values.filter((value) => value.features === features);
      const added = addMember(document, 'c1', { type: `class:${mix}`, args: { width: features }, at });
      const repeated = setRepeat(added.document, 'c1', added.member, 1 + (size % 2));
      const listed = setListUse(repeated, 'c1', added.node, flag ? {} : { collect: 'stack' });
      const second = fitting[other % fitting.length]!.port;
      const both = (made: ModelDocument) => connect(made, 'c1', second, { node: added.node, port: 'context' });
      if (flag) return both(wireIn({ document: listed, node: added.node }, features));
      const mean = addOp(connect(listed, 'c1', source.port, { node: added.node, port: 'x' }), 'c1', { op: 'mean', args: { axis: 0 }, at });
      values.push({ port: { node: mean.node, port: 'y' }, features });
      return both(connect(mean.document, 'c1', { node: added.node, port: 'y' }, { node: mean.node, port: 'x' }));
    }
    default: {
      const output = addOutput(document, 'c1', { name: 'aux', at });
      const wired = connect(output.document, 'c1', source.port, { node: output.node, port: 'in' });
      return flag ? wired : removeNodes(addInput(wired, 'c1', { shape: ['batch', 1], at }).document, 'c1', [output.node]);
    }
  }
}

/** Bypasses nodes of the root that may be. */
function bypassSome(document: ModelDocument, which: readonly number[]): ModelDocument {
  return which.reduce((changed, number) => {
    const { root } = checkDocument(changed);
    if (!root) return changed;
    const able = Object.values(root.class.nodes).filter((node) => mayBypass(node) && !whyNotBypass(root, node.id));
    const node = able[number % Math.max(1, able.length)];
    return node ? setBypass(changed, 'c1', [node.id], true) : changed;
  }, document);
}

/** Settings on top, where there is something to set. */
export function withSettings(document: ModelDocument): ModelDocument {
  const hasDropout = document.classes['c1']!.members.some((member) => member.type === 'Dropout');
  return hasDropout ? setAttributesWhere(document, { kind: 'type', type: 'Dropout' }, { rate: 0.75, deterministic: true }) : document;
}
