/** @file Turns rows into what React Flow draws. Sizes and handles are given, so that it measures nothing. */
import type { Point } from '../../../core/document/index.ts';
import type { Found } from '../../state/runs/found-in-run.ts';
import type { Selection } from '../../state/session/store.ts';
import type { FlowNodeRow, FlowWireRow } from './flow-model.ts';
import type { Direction } from '../../state/layout/graph.ts';
import { keyWithin, depthOf } from '../../state/session/expansion.ts';
import { HANDLE_SIZE, NODE_WIDTH, nodeHeight, portPoint } from '../../state/layout/node-size.ts';
import type { Frame, Site } from './expansion/site.ts';
import { tabIndexOf } from './keyboard/item-element.ts';
import { spokenName } from './keyboard/spoken.ts';
import { PORT_SIDES } from './port-sides.ts';
import type { FlowNode } from './node-view.tsx';
import type { FlowWire } from './wire-view.tsx';

function handles(row: FlowNodeRow, width: number, height: number, direction: Direction): NonNullable<FlowNode['handles']> {
  const half = HANDLE_SIZE / 2;
  const side = (names: readonly string[], isInput: boolean) =>
    names.map((name, index) => {
      const at = portPoint(isInput ? 'in' : 'out', names.length, index, height, direction, width);
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

/** How a node is shown, beside what its row says. */
export interface NodeShow {
  readonly site: Site;
  readonly isSelected: boolean;
  /** Its modes in words, for which it shows a row of badges; empty where it has none. */
  readonly modes: string;
  readonly direction: Direction;
  /** The frame around its inside, where that is drawn in place. */
  readonly frame: Frame | undefined;
  /** Of the one that Tab leads to: what is said of it, too. */
  readonly tabStop: string | undefined;
  /** What the diagnoses found at it, or within. */
  readonly found?: Found | undefined;
}

/** Frames lie behind the nodes and wires of all that they hold, also while they are selected, which puts them a thousand higher. */
export const BEHIND = -1900;
const THROUGH = { pointerEvents: 'none' } as const;

export function heightOfRow(row: FlowNodeRow, hasModes: boolean, direction: Direction): number {
  return nodeHeight({ inputs: row.inputs, outputs: row.outputs, hasBadges: hasModes }, direction);
}

export function toFlowNode(row: FlowNodeRow, at: Point, { site, isSelected, modes, direction, frame, tabStop, found }: NodeShow): FlowNode {
  const size = frame
    ? { width: frame.width, height: frame.height }
    : { width: NODE_WIDTH, height: heightOfRow(row, modes !== '', direction) };
  return {
    id: keyWithin(site.key, row.id),
    type: 'graph',
    position: at,
    ...size,
    // Without it a node that keeps its size under another document counts as unmeasured, and fitting passes it over.
    measured: size,
    handles: handles(row, size.width, size.height, direction),
    selected: isSelected,
    ariaRole: 'group',
    ariaLabel: spokenName(row, { modes, isExpanded: frame !== undefined, tabStop, found }),
    domAttributes: tabIndexOf(tabStop !== undefined),
    // React Flow draws what is dragged out of sight as well, and so what has the keyboard.
    ...(tabStop !== undefined ? { dragging: true } : {}),
    ...(frame ? { zIndex: BEHIND + 10 * depthOf(site.key), style: THROUGH, dragHandle: '.expanded-head' } : {}),
    data: { row, modes, tabStop, found, direction, site, frame },
  };
}

const HIDDEN = { 'aria-hidden': true } as const;

/** `isBeside`: one of its ends is selected. */
export function toFlowWire(row: FlowWireRow, site: Site, isSelected: boolean, isBeside: boolean): FlowWire {
  return {
    id: keyWithin(site.key, row.id),
    type: 'wire',
    source: keyWithin(site.key, row.from.node),
    sourceHandle: row.from.port,
    target: keyWithin(site.key, row.to.node),
    targetHandle: row.to.port,
    selected: isSelected,
    // Its label is a button that says all this in the names of the user.
    ariaLabel: `Wire from ${row.title}`,
    ...(isBeside ? { className: 'beside' } : {}),
    domAttributes: HIDDEN,
    data: { row, site },
  };
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
