/** @file Turns rows into what React Flow draws. Sizes and handles are given, so that it measures nothing. */
import type { ModelClass, Point } from '../../../core/document/index.ts';
import type { Selection } from '../../state/session/store.ts';
import type { FlowNodeRow, FlowWireRow } from './flow-model.ts';
import type { Direction } from '../../state/layout/graph.ts';
import { HANDLE_SIZE, NODE_WIDTH, nodeHeight, portPoint } from '../../state/layout/node-size.ts';
import { PORT_SIDES } from './port-sides.ts';
import type { FlowNode } from './node-view.tsx';
import type { FlowWire } from './wire-view.tsx';

function handles(row: FlowNodeRow, height: number, direction: Direction): NonNullable<FlowNode['handles']> {
  const half = HANDLE_SIZE / 2;
  const side = (names: readonly string[], isInput: boolean) =>
    names.map((name, index) => {
      const at = portPoint(isInput ? 'in' : 'out', names.length, index, height, direction);
      return {
        id: name,
        type: isInput ? ('target' as const) : ('source' as const),
        position: PORT_SIDES[direction][isInput ? 'in' : 'out'],
        x: at.x - half,
        y: at.y - half,
        width: HANDLE_SIZE,
        height: HANDLE_SIZE,
      };
    });
  return [...side(row.inputs, true), ...side(row.outputs, false)];
}

/** `hasModes`: the node shows a row of badges. */
export function toFlowNode(row: FlowNodeRow, at: Point, isSelected: boolean, hasModes: boolean, direction: Direction): FlowNode {
  const name = `${row.title}, ${row.type}${row.problems.length ? `, problem: ${row.problems[0]}` : ''}`;
  const size = { width: NODE_WIDTH, height: nodeHeight({ inputs: row.inputs, outputs: row.outputs, hasBadges: hasModes }, direction) };
  return {
    id: row.id,
    type: 'graph',
    position: at,
    ...size,
    // Without it a node that keeps its size under another document counts as unmeasured, and fitting passes it over.
    measured: size,
    handles: handles(row, size.height, direction),
    selected: isSelected,
    ariaLabel: name,
    data: { row, hasModes, direction },
  };
}

const HIDDEN = { 'aria-hidden': true } as const;

/** `isBeside`: one of its ends is selected. */
export function toFlowWire(row: FlowWireRow, isSelected: boolean, isBeside: boolean): FlowWire {
  return {
    id: row.id,
    type: 'wire',
    source: row.from.node,
    sourceHandle: row.from.port,
    target: row.to.node,
    targetHandle: row.to.port,
    selected: isSelected,
    // Its label is a button that says all this in the names of the user.
    ariaLabel: `Wire from ${row.title}`,
    ...(isBeside ? { className: 'beside' } : {}),
    domAttributes: HIDDEN,
    data: { row },
  };
}

/** Where to draw nodes that the layout does not place: beside their first input, or below everything. */
export function placeNodes({ nodes, wires, layout }: Pick<ModelClass, 'nodes' | 'wires' | 'layout'>): ReadonlyMap<string, Point> {
  const placed = new Map<string, Point>();
  const open: string[] = [];
  for (const id in nodes) if (layout[id] === undefined) open.push(id);
  if (open.length === 0) return placed;
  const bottom = Object.values(layout).reduce((lowest, { y }) => Math.max(lowest, y), 0);
  const placeOf = (id: string) => layout[id] ?? placed.get(id);
  const sources = new Map<string, string[]>();
  for (const { from, to } of Object.values(wires)) {
    const known = sources.get(to.node);
    if (known) known.push(from.node);
    else sources.set(to.node, [from.node]);
  }
  let column = 0;
  for (const id of open) {
    const source = sources.get(id)?.find(placeOf);
    const beside = source === undefined ? undefined : placeOf(source);
    placed.set(id, beside ? { x: beside.x + NODE_WIDTH + 80, y: beside.y } : { x: column++ * (NODE_WIDTH + 80), y: bottom + 120 });
  }
  return placed;
}

/** The selection after React Flow's select changes; the same object if nothing changed. */
export function applySelect(
  selection: Selection,
  kind: 'nodes' | 'wires' | 'modules' | 'annotations',
  changes: readonly { readonly id: string; readonly selected: boolean }[],
): Selection {
  const chosen = new Set(selection[kind]);
  for (const { id, selected } of changes) {
    if (selected) chosen.add(id);
    else chosen.delete(id);
  }
  const unchanged = chosen.size === selection[kind].length && selection[kind].every((id) => chosen.has(id));
  return unchanged ? selection : { ...selection, [kind]: [...chosen] };
}
