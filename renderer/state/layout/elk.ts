/** @file The engine for what branches: the layered layout of ELK, in a worker of its own, which is started when it is first needed. */
import ELK from 'elkjs/lib/elk-api.js';
import type { ElkNode, ElkPort } from 'elkjs/lib/elk-api.js';
import type { LayOut } from './arrange.ts';
import { gapFor, type LaidGraph, type LaidPort } from './graph.ts';

/** Starts a worker that speaks ELK's own protocol. */
export type StartElk = () => Worker;

export interface Engine {
  readonly layOut: LayOut;
  /** Ends the worker with what it is at; the next layout starts another. What was asked of it is never answered. */
  stop(): void;
}

/** More boxes behind each other are broken into rows. */
const WRAPPED_FROM = 14;

export function createElkEngine(start: StartElk): Engine {
  let elk: InstanceType<typeof ELK> | undefined;
  return {
    async layOut(graph) {
      elk ??= new ELK({ algorithms: ['layered'], workerFactory: start });
      const { children = [] } = await elk.layout(toElk(graph));
      return new Map(children.map(({ id, x = 0, y = 0 }) => [id, { along: x, across: y }]));
    },
    stop() {
      elk?.terminateWorker();
      elk = undefined;
    },
  };
}

function toElk({ nodes, wires, lane }: LaidGraph): ElkNode {
  const portId = (node: string, side: 'in' | 'out', name: string) => `${node} ${side} ${name}`;
  const ports = (node: string, side: 'in' | 'out', all: readonly LaidPort[], x: number): ElkPort[] =>
    all.map(({ name, at }) => ({
      id: portId(node, side, name),
      x,
      y: at,
      width: 0,
      height: 0,
      layoutOptions: { 'elk.port.side': side === 'in' ? 'WEST' : 'EAST' },
    }));
  const known = new Set<string>();
  const children = nodes.map(({ id, along, across, inputs, outputs }): ElkNode => {
    const own = [...ports(id, 'in', inputs, 0), ...ports(id, 'out', outputs, along)];
    for (const port of own) known.add(port.id);
    return { id, width: along, height: across, ports: own, layoutOptions: { 'elk.portConstraints': 'FIXED_POS' } };
  });
  // A wire to a port that the node no longer has hangs on the node.
  const end = (node: string, side: 'in' | 'out', name: string) => (known.has(portId(node, side, name)) ? portId(node, side, name) : node);
  return {
    id: 'graph',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.padding': '[top=0,left=0,bottom=0,right=0]',
      'elk.spacing.nodeNode': String(lane),
      'elk.spacing.edgeNode': '28',
      'elk.layered.spacing.nodeNodeBetweenLayers': String(gapFor(wires)),
      'elk.layered.spacing.edgeNodeBetweenLayers': '24',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      ...(nodes.length >= WRAPPED_FROM ? { 'elk.layered.wrapping.strategy': 'MULTI_EDGE', 'elk.aspectRatio': '2' } : {}),
    },
    children,
    edges: wires.map(({ from, to }, i) => ({
      id: `wire ${i}`,
      sources: [end(from.node, 'out', from.port)],
      targets: [end(to.node, 'in', to.port)],
    })),
  };
}
