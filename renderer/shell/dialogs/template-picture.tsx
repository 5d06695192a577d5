import { nodePorts } from '../../../core/check/index.ts';
import {
  annotationsOf,
  type GraphNode,
  type ModelClass,
  type ModelDocument,
  type NodeId,
  type Point,
} from '../../../core/document/index.ts';
import { nodeName } from '../../../core/graph/index.ts';
import { findDescriptor } from '../../../core/index.ts';
import { pathOf } from '../../panels/canvas/routing/draw.ts';
import { Obstacles, type Obstacle } from '../../panels/canvas/routing/obstacles.ts';
import { routeWire } from '../../panels/canvas/routing/route.ts';
import { nodeHeight, NODE_WIDTH, portPoint } from '../../state/layout/node-size.ts';

const MARGIN = 32;
/** Wider graphs are drawn so small that no title can be read. */
const READABLE = 1500;

interface PicturedNode {
  readonly node: GraphNode;
  readonly at: Point;
  readonly height: number;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

interface TemplatePictureProps {
  readonly document: ModelDocument;
  readonly modelClass: ModelClass;
  /** A thumbnail: boxes in their hues alone. */
  readonly isSmall?: boolean;
}

/** The graph of a class as the canvas draws it: boxes in the hues of their families, wires around them, frames. It says nothing that its caption does not. */
export function TemplatePicture({ document, modelClass, isSmall = false }: TemplatePictureProps) {
  const nodes = picturedNodes(document, modelClass);
  const frames = annotationsOf(modelClass).filter((each) => each.kind === 'frame');
  const boxes = [...[...nodes.values()].map(({ at, height }) => ({ ...at, width: NODE_WIDTH, height })), ...frames];
  const left = Math.min(...boxes.map(({ x }) => x)) - MARGIN;
  const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN;
  const width = Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN - left;
  const height = Math.max(...boxes.map((box) => box.y + box.height)) + MARGIN - top;
  const isTitled = !isSmall && width <= READABLE;
  return (
    <svg className="template-picture" data-small={isSmall || undefined} viewBox={`${left} ${top} ${width} ${height}`} aria-hidden="true">
      {frames.map(({ id, x, y, width: across, height: tall }) => (
        <rect key={id} className="template-frame" x={x} y={y} width={across} height={tall} rx={8} />
      ))}
      {waysOf(modelClass, nodes).map(({ id, path }) => (
        <path key={id} d={path} />
      ))}
      {[...nodes.values()].map(({ node, at, height: tall }) => (
        <g key={node.id} data-family={familyOf(modelClass, node)} transform={`translate(${at.x} ${at.y})`}>
          <rect className="template-node" width={NODE_WIDTH} height={tall} rx={6} />
          <rect className="template-hue" width={isSmall ? NODE_WIDTH : 6} height={tall} rx={isSmall ? 6 : 3} />
          {isTitled && (
            <text x={18} y={tall / 2} dominantBaseline="central">
              {titleOf(modelClass, node)}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

function picturedNodes(document: ModelDocument, modelClass: ModelClass): ReadonlyMap<NodeId, PicturedNode> {
  const pictured = Object.values(modelClass.nodes).flatMap((node) => {
    const at = modelClass.layout[node.id];
    const ports = nodePorts(document, modelClass.id, node.id);
    const [inputs, outputs] = [Object.keys(ports?.inputs ?? {}), Object.keys(ports?.outputs ?? {})];
    return at ? [{ node, at, inputs, outputs, height: nodeHeight({ inputs, outputs, hasBadges: false }, 'right') }] : [];
  });
  return new Map(pictured.map((each) => [each.node.id, each]));
}

function waysOf(
  { wires }: ModelClass,
  nodes: ReadonlyMap<NodeId, PicturedNode>,
): readonly { readonly id: string; readonly path: string }[] {
  const boxes = new Map([...nodes].map(([id, pictured]) => [id, obstacleOf(id, pictured)]));
  const obstacles = new Obstacles([...boxes.values()]);
  return Object.values(wires).flatMap(({ id, from, to }) => {
    const [source, target] = [nodes.get(from.node), nodes.get(to.node)];
    if (!source || !target) return [];
    const own = [boxes.get(from.node)!, boxes.get(to.node)!];
    const ends = { from: portOf(source, 'out', from.port), to: portOf(target, 'in', to.port), own };
    return [{ id, path: pathOf(routeWire(ends, obstacles, 'right')) }];
  });
}

function obstacleOf(id: NodeId, { at: { x, y }, height }: PicturedNode): Obstacle {
  return { id, left: x, top: y, right: x + NODE_WIDTH, bottom: y + height };
}

function portOf({ at, height, inputs, outputs }: PicturedNode, side: 'in' | 'out', port: string): Point {
  const ports = side === 'in' ? inputs : outputs;
  const { x, y } = portPoint(side, ports.length, Math.max(0, ports.indexOf(port)), height, 'right');
  return { x: at.x + x, y: at.y + y };
}

function familyOf(modelClass: ModelClass, node: GraphNode): string {
  if (node.kind === 'op') return findDescriptor(node.op)?.family ?? 'class';
  if (node.kind !== 'call') return 'io';
  return findDescriptor(modelClass.members.find(({ id }) => id === node.member)?.type ?? '')?.family ?? 'class';
}

const LONGEST = 13;

function titleOf(modelClass: ModelClass, node: GraphNode): string {
  const name = node.kind === 'constant' ? JSON.stringify(node.value) : nodeName(modelClass, node);
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}
