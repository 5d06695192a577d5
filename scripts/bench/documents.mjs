/** @file Large documents as text: chains, as journeys open them, and a list of lists. */
import { pathToFileURL } from 'node:url';

/** @param {import('./row.mjs').Bench['bundle']} bundle @returns {Promise<(members: number) => string>} */
export async function chainDocuments(bundle) {
  const { chainDocument } = await import(pathToFileURL(await bundle('e2e/documents.ts', 'node')).href);
  return chainDocument;
}

/** Parameters of a chain: Linear, LayerNorm and Dropout in turn, 8 wide. @param {number} members */
export const chainParameters = (members) => Math.ceil(members / 3) * 72 + Math.ceil((members - 1) / 3) * 16;

const WIDTH = 8;

/** @param {string} id @param {string} name @param {readonly (readonly [type: string, args: object, repeat?: number])[]} members in a row */
function classInARow(id, name, members) {
  const nodes = [
    { id: 'n0', kind: 'input', name: 'x', order: 0, shape: ['batch', WIDTH], dtype: 'float32' },
    ...members.map((_, k) => ({ id: `n${k + 1}`, kind: 'call', member: `m${k + 1}` })),
    { id: 'end', kind: 'output', name: 'y', order: 0 },
  ];
  const wires = nodes.slice(1).map((node, k) => ({
    id: `w${k + 1}`,
    from: { node: nodes[k]?.id, port: k === 0 ? 'out' : 'y' },
    to: { node: node.id, port: node.kind === 'output' ? 'in' : 'x' },
  }));
  const byId = (items) => Object.fromEntries(items.map((each) => [each.id, each]));
  return {
    id,
    name,
    doc: '',
    fields: [],
    members: members.map(([type, args, repeat], k) => ({
      id: `m${k + 1}`,
      name: `part${k + 1}`,
      type,
      args,
      ...(repeat === undefined ? {} : { repeat }),
    })),
    nodes: byId(nodes),
    wires: byId(wires),
    probes: [],
    layout: Object.fromEntries(nodes.map((node, k) => [node.id, { x: k * 240, y: 0 }])),
  };
}

/** A list of lists of blocks, each of four layers: about five Modules for each block. @param {number} outer @param {number} inner */
export function listOfLists(outer, inner) {
  const block = classInARow('block', 'Block', [
    ['Linear', { inFeatures: WIDTH, outFeatures: WIDTH }],
    ['LayerNorm', { numFeatures: WIDTH }],
    ['Linear', { inFeatures: WIDTH, outFeatures: WIDTH }],
    ['Dropout', { rate: 0.1 }],
  ]);
  const stage = classInARow('stage', 'Stage', [['class:block', {}, inner]]);
  const root = classInARow('root', 'Net', [['class:stage', {}, outer]]);
  const run = {
    seed: 0,
    source: { kind: 'normal', seed: 1 },
    batchSize: 4,
    loss: { kind: 'weightedSum' },
    optimizer: { type: 'sgd', args: { learningRate: 0.1 } },
    steps: 10,
  };
  const model = { classes: { root, stage, block }, root: { class: 'root', args: {} }, settings: [], views: [], run };
  return JSON.stringify({ format: 'espalier', version: 1, name: `lists-${outer}-${inner}`, ...model });
}

/** Parameters of a list of lists. @param {number} outer @param {number} inner */
export const listParameters = (outer, inner) => outer * inner * 160;
