/**
 * @file Of a large graph React Flow is given what lies in sight and around it: all that it does for each node and wire it knows then costs the
 * same for ten thousand nodes as for a few hundred.
 */
import { useMemo, useState } from 'react';
import { useStore } from 'reactflow';
import { keysOf, type NodeId, type Wire, type WireId } from '../../../core/document/index.ts';
import { graphOf } from '../../../core/graph/index.ts';
import { memoByIdentity } from '../../state/derived/memo.ts';
import { splitKey } from '../../state/session/expansion.ts';
import type { Scene, Scope } from './expansion/scene.ts';
import { CROWD, MANY_NODES } from './limits.ts';
import { candidatesAfter, candidatesIn, type Candidates, type Region } from './candidates.ts';
import type { Drawing } from './flow-store.ts';
import type { FlowNode } from './node-view.tsx';
import type { FlowWire } from './wire-view.tsx';

interface View {
  readonly width: number;
  readonly height: number;
  /** x, y and zoom, as React Flow keeps them. */
  readonly transform: readonly [number, number, number];
}

/** What is in sight and half as much on each side, in steps: small pans and zooms stay in one region. */
export function regionOf({ width, height, transform: [x, y, zoom] }: View): Region {
  const step = 2 ** Math.floor(Math.log2(zoom));
  const [across, down] = [Math.max(1, width) / step / 2, Math.max(1, height) / step / 2];
  const [left, top] = [Math.floor(-x / zoom / across) * across, Math.floor(-y / zoom / down) * down];
  // What is in sight is at most two steps long, and begins within the first.
  return { left: left - across, top: top - down, right: left + 4 * across, bottom: top + 4 * down };
}

/** Nodes and wires that touch a region, both ends of each wire, and `kept`: what is selected moves with the rest, seen or not. */
export function inRegion(
  drawing: Drawing,
  region: Region,
  kept: readonly NodeId[],
  candidates = candidatesIn(drawing, region),
): Pick<Shown, 'nodes' | 'wires' | 'near'> {
  const { byId, places, graph } = drawing;
  const near = new Set<NodeId>(kept);
  let count = 0;
  for (const id of candidates.nodes) {
    const { y } = places.get(id)!;
    if (y < region.top && y + (byId.get(id)?.height ?? 0) < region.top) continue;
    near.add(id);
    count += 1;
  }
  const shown = new Set(near);
  const wires = new Map<WireId, FlowWire>();
  const show = ({ id, from, to }: Wire): void => {
    const wire = drawing.wire(id);
    if (!wire) return;
    wires.set(id, wire);
    shown.add(from.node).add(to.node);
  };
  for (const wire of candidates.wires) {
    const [a, b] = [places.get(wire.from.node)!, places.get(wire.to.node)!];
    if ((near.has(wire.from.node) && near.has(wire.to.node)) || Math.max(a.y, b.y) >= region.top) show(wire);
  }
  const index = graphOf(graph);
  const ranks = ranksOf(keysOf(graph.nodes));
  for (const id of kept) {
    for (const wire of index.outgoing(id)) if (near.has(wire.to.node)) show(wire);
    for (const wire of index.incoming(id)) if (near.has(wire.from.node)) show(wire);
  }
  // In the order of the document, which is that of Tab.
  const order = [...shown].filter((id) => ranks.has(id)).sort((a, b) => ranks.get(a)! - ranks.get(b)!);
  return { nodes: order.flatMap((id) => byId.get(id) ?? []), wires: [...wires.values()], near: count };
}

/** The places of keys in their list. */
const ranksOf = memoByIdentity((keys: readonly NodeId[]): ReadonlyMap<NodeId, number> => new Map(keys.map((id, at) => [id, at])));

const EVERYTHING = '';
const NOTHING: readonly never[] = [];

/** What React Flow is given of one graph. */
export interface Shown extends Pick<Drawing, 'nodes' | 'wires'> {
  readonly scope: Scope;
  /** How many of its nodes lie in sight. */
  readonly near: number;
}

interface Seen {
  readonly scope: Scope;
  readonly region: Region | undefined;
  readonly kept: readonly NodeId[];
  readonly candidates: Candidates | undefined;
  readonly shown: Shown;
}

/** What of a scene is in sight, looked for again only in graphs in which something lies elsewhere, or of which another part is seen. */
export class Sight {
  private readonly seen = new Map<string, Seen>();

  /** `region`: undefined where everything is given. */
  of(scene: Scene, region: Region | undefined, kept: ReadonlyMap<string, readonly NodeId[]>): readonly Shown[] {
    const keys = new Set(scene.map(({ site }) => site.key));
    for (const key of this.seen.keys()) if (!keys.has(key)) this.seen.delete(key);
    const outer = new Map(scene.map((scope) => [scope.site.key, scope]));
    return scene.map((scope) => {
      const { inside, id } = splitKey(scope.site.key);
      const isFrameSeen = region === undefined || scope.site.key === '' || meets(region, outer.get(inside)!.drawing.byId.get(id));
      return isFrameSeen ? this.ofOne(scope, region, kept.get(scope.site.key) ?? NOTHING) : { scope, nodes: [], wires: [], near: 0 };
    });
  }

  private ofOne(scope: Scope, region: Region | undefined, kept: readonly NodeId[]): Shown {
    const { drawing, room } = scope;
    const before = this.seen.get(scope.site.key);
    if (before?.scope === scope && before.region === region && before.kept === kept) return before.shown;
    const { graph, places } = drawing;
    const isThere =
      before?.candidates &&
      before.region === region &&
      before.scope.drawing.graph.nodes === graph.nodes &&
      before.scope.drawing.graph.wires === graph.wires &&
      before.scope.drawing.places === places;
    const candidates = region && (isThere ? before.candidates : this.candidatesOf(drawing, region, before));
    // A frame is wide: it may reach into sight from outside.
    const shown = { scope, ...(region ? inRegion(drawing, region, [...kept, ...room.frames.keys()], candidates) : all(drawing)) };
    this.seen.set(scope.site.key, { scope, region, kept, candidates, shown });
    return shown;
  }

  private candidatesOf(drawing: Drawing, region: Region, before: Seen | undefined): Candidates {
    const after =
      before?.candidates && before.region === region
        ? candidatesAfter(before.candidates, before.scope.drawing, drawing, region)
        : undefined;
    return after ?? candidatesIn(drawing, region);
  }
}

function all({ nodes, wires }: Drawing): Pick<Shown, 'nodes' | 'wires' | 'near'> {
  return { nodes, wires, near: nodes.length };
}

function meets({ left, top, right, bottom }: Region, box: FlowNode | undefined): boolean {
  if (!box) return false;
  const { x, y } = box.position;
  return x <= right && x + (box.width ?? 0) >= left && y <= bottom && y + (box.height ?? 0) >= top;
}

/** The part of the canvas that is seen, in steps; undefined for a small scene, of which all is given. */
export function useRegion(isLarge: boolean): Region | undefined {
  const key = useStore((state) => (isLarge ? JSON.stringify(regionOf(state)) : EVERYTHING));
  return useMemo(() => (key === EVERYTHING ? undefined : (JSON.parse(key) as Region)), [key]);
}

/**
 * What React Flow is given to draw. `kept`: nodes at `inside` that are drawn wherever one looks. From far away, and where nodes are heaped up in sight,
 * it is `focused` alone, and the far view draws.
 */
export function useInSight(
  scene: Scene,
  kept: readonly NodeId[],
  inside: string,
  isFromFar: boolean,
  focused: NodeId | undefined,
): { readonly shown: readonly Shown[]; readonly view: 'near' | 'far' | 'crowd' } {
  const isLarge = scene.some(({ drawing }) => drawing.size > MANY_NODES);
  const region = useRegion(isLarge);
  // A wire that is being drawn starts at a node that may leave the sight.
  const from = useStore((state) => (isLarge ? state.connection.fromNode?.id : undefined));
  const [sight] = useState(() => new Sight());
  return useMemo(() => {
    if (isFromFar) return { shown: farFrom(scene, inside, focused), view: 'far' };
    const keptIn = new Map([[inside, kept]]);
    if (from !== undefined) {
      const held = splitKey(from);
      keptIn.set(held.inside, [...(keptIn.get(held.inside) ?? NOTHING), held.id]);
    }
    const shown = sight.of(scene, region, keptIn);
    const isCrowd = shown.reduce((sum, { near }) => sum + near, 0) > CROWD;
    return isCrowd ? { shown: farFrom(scene, inside, focused), view: 'crowd' } : { shown, view: 'near' };
  }, [sight, scene, region, kept, inside, from, isFromFar, focused]);
}

/** What has the keyboard, alone. */
function farFrom(scene: Scene, inside: string, focused: NodeId | undefined): readonly Shown[] {
  const scope = focused === undefined ? undefined : scene.find(({ site }) => site.key === inside);
  const node = scope?.drawing.byId.get(focused!);
  return scope && node ? [{ scope, nodes: [node], wires: [], near: 1 }] : [];
}
