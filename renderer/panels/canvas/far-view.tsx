/**
 * @file A large graph from far away: boxes and lines on a canvas of our own. Ten thousand nodes are drawn in a few milliseconds, where as many
 * elements of the page would take seconds; near enough to be read, React Flow draws what is in sight.
 */
import { useEffect, useRef } from 'react';
import { useStore } from 'reactflow';
import { useWhyStale } from '../../hooks/derived.ts';
import type { NodeId, Point } from '../../../core/document/index.ts';
import type { Drawing } from './flow-store.ts';
import type { Scene } from './expansion/scene.ts';
import { NODE_WIDTH } from '../../state/layout/node-size.ts';
import { useNodeColors } from './heat.ts';
import { splitKey } from '../../state/session/expansion.ts';
import { useDims } from './use-traced.ts';
import { canvasColor } from '../../ui/canvas-color.ts';

/** A node is at least so many pixels, or it could not be seen. */
const LEAST = 2;

/** The node at a place of the graph. */
export function nodeAt({ nodes }: Drawing, at: Point): NodeId | undefined {
  return nodes.find(
    ({ position, width = NODE_WIDTH, height = 0 }) =>
      at.x >= position.x && at.x <= position.x + width && at.y >= position.y && at.y <= position.y + height,
  )?.id;
}

/** What is expanded is drawn within its frame. */
export function FarView({ scene, isCrowd }: { readonly scene: Scene; readonly isCrowd: boolean }) {
  const size = scene.reduce((sum, { drawing }) => sum + drawing.size, 0);
  const ref = useRef<HTMLCanvasElement>(null);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const [x, y, zoom] = useStore((state) => state.transform);
  const colorOf = useNodeColors();
  const isStale = useWhyStale() !== null;
  const dims = useDims();
  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const ratio = window.devicePixelRatio;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * x, ratio * y);
    const seen = { left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom };
    const style = getComputedStyle(canvas);
    // An overlay is of the graph that the canvas shows.
    for (const { site, drawing } of scene)
      paint(
        context,
        drawing,
        style,
        zoom,
        seen,
        site.key === '' && colorOf ? { colorOf, isStale } : null,
        dims && ((id) => dims(site.key, splitKey(id).id)),
      );
  }, [scene, width, height, x, y, zoom, colorOf, isStale, dims]);
  return (
    <canvas
      ref={ref}
      className="far-view"
      style={{ width, height }}
      role="img"
      aria-label={
        isCrowd
          ? `Too many of the ${size} nodes lie here to draw each. Arrange them to work on them.`
          : `The whole graph of ${size} nodes, from far away. Zoom in to work on it.`
      }
    />
  );
}

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The colours of an overlay; those of a stale result are pale. */
interface Heats {
  readonly colorOf: (node: NodeId) => string | undefined;
  readonly isStale: boolean;
}

function paint(
  context: CanvasRenderingContext2D,
  { nodes, wires, byId }: Drawing,
  style: CSSStyleDeclaration,
  zoom: number,
  seen: Bounds,
  heats: Heats | null,
  isDim: ((id: string) => boolean) | null,
): void {
  const color = (name: string) => style.getPropertyValue(name);
  context.strokeStyle = color('--wire');
  context.lineWidth = 1 / zoom;
  context.beginPath();
  for (const { source, target } of wires) {
    const [from, to] = [byId.get(source), byId.get(target)];
    if (!from || !to) continue;
    const [fromY, toY] = [from.position.y + (from.height ?? 0) / 2, to.position.y + (to.height ?? 0) / 2];
    if (Math.max(fromY, toY) < seen.top || Math.min(fromY, toY) > seen.bottom) continue;
    context.moveTo(from.position.x + (from.width ?? NODE_WIDTH), fromY);
    context.lineTo(to.position.x, toY);
  }
  context.stroke();
  const colors = new Map<string, string>();
  const fillOf = (name: string): string => {
    let fill = colors.get(name);
    if (fill === undefined) colors.set(name, (fill = color(name) || color('--ink-muted')));
    return fill;
  };
  for (const { id, position, width = NODE_WIDTH, height = 0, selected, data } of nodes) {
    if (position.x > seen.right || position.x + width < seen.left || position.y > seen.bottom || position.y + height < seen.top) continue;
    const isFaulty = data.row.trouble?.kind === 'error' || data.row.trouble?.kind === 'within';
    const isMarked = isFaulty || selected === true;
    const heat = isMarked ? undefined : heats?.colorOf(id);
    if (heat === undefined) {
      context.fillStyle = fillOf(isFaulty ? '--danger' : selected === true ? '--accent' : `--family-${data.row.family}`);
    } else {
      context.fillStyle = canvasColor(style, heat);
    }
    context.globalAlpha = isDim?.(id) ? 0.15 : heat !== undefined && heats?.isStale ? 0.4 : 1;
    if (data.frame) {
      context.strokeStyle = context.fillStyle;
      context.strokeRect(position.x, position.y, width, height);
      context.fillRect(position.x, position.y, width, data.frame.headHeight);
      continue;
    }
    context.fillRect(position.x, position.y, Math.max(width, LEAST / zoom), Math.max(height, LEAST / zoom));
  }
  context.globalAlpha = 1;
}
