/** @file The whole graph of a class as a picture for paper: what the canvas would draw, seen or not, as one SVG that stands alone. */
import type { Annotation } from '../../../../core/document/index.ts';
import type { Picture } from '../../../state/canvas-port.ts';
import type { FlowNode } from '../node-view.tsx';
import type { FlowWire } from '../wire-view.tsx';
import { NODE_HEADER_HEIGHT, NODE_WIDTH } from '../../../state/layout/node-size.ts';
import { nearestOn } from '../annotations/leaders.ts';
import { drawAnnotation } from './draw-annotation.ts';
import { drawNode } from './draw-node.ts';
import { drawWire } from './draw-wire.ts';
import { PAPER } from './paper.ts';
import { element, escapeXml } from './svg.ts';

const MARGIN = 32;

export interface Drawn {
  readonly title: string;
  readonly nodes: readonly FlowNode[];
  readonly wires: readonly FlowWire[];
  readonly annotations: readonly Annotation[];
  /** Where a node leads to in the page that the picture is part of. */
  readonly linkTo?: (node: FlowNode) => string | undefined;
}

/** Undefined where there is nothing to draw. */
export function toPicture({ title, nodes, wires, annotations, linkTo }: Drawn): Picture | undefined {
  const boxes = [
    ...nodes.map(({ position, width, height }) => ({ ...position, width: width ?? NODE_WIDTH, height: height ?? NODE_HEADER_HEIGHT })),
    ...annotations,
  ];
  if (boxes.length === 0) return undefined;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + width), Math.max(bottom, y + height)];
  }
  // Wires that lead around what lies outermost.
  for (const { x, y } of wires.flatMap(({ data }) => data?.route?.way ?? [])) {
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
  }
  const [width, height] = [right - left + 2 * MARGIN, bottom - top + 2 * MARGIN];
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ways = new Map(wires.map(({ id, data }) => [id, data?.route?.way]));
  const wireOf = (each: Annotation) =>
    each.kind === 'note' && each.wire !== undefined ? nearestOn(ways.get(each.wire) ?? [], each) : undefined;
  const byKind = (kind: Annotation['kind']): string[] =>
    annotations.filter((each) => each.kind === kind).map((each) => drawAnnotation(each, wireOf(each)));
  const lines = wires.flatMap((wire) => drawWire(wire, byId) ?? []);
  const drawLinked = (node: FlowNode): string => {
    const href = linkTo?.(node);
    return href === undefined ? drawNode(node) : element('a', { href }, [drawNode(node)]);
  };
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `${left - MARGIN} ${top - MARGIN} ${width} ${height}`,
      'font-family': 'Inter, system-ui, Helvetica, Arial, sans-serif',
      // A picture has no inside to go to.
      role: linkTo ? 'group' : 'img',
      ...(linkTo ? { 'aria-label': title } : {}),
    },
    [
      ...(linkTo ? [] : [`<title>${escapeXml(title)}</title>`]),
      element('rect', { x: left - MARGIN, y: top - MARGIN, width, height, fill: PAPER.ground }),
      ...byKind('frame'),
      // What is expanded in place lies below its inside.
      ...nodes.filter(({ data }) => data.frame).map(drawNode),
      ...lines.map((line) => line.path),
      ...nodes.filter(({ data }) => !data.frame).map(drawLinked),
      ...byKind('note'),
      ...lines.map((line) => line.label),
    ],
  );
  return { svg, width, height };
}
