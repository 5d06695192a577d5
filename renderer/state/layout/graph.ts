/**
 * @file A graph as it is laid out: boxes along the flow and across it, whichever way that runs. What the layout knows of a model is this and
 * nothing else.
 */
import type { PortRef } from '../../../core/document/index.ts';

/** Which way a graph reads. */
export type Direction = 'right' | 'down';

export interface LaidNode {
  readonly id: string;
  /** Its size along the flow, and across it. */
  readonly along: number;
  readonly across: number;
  /** Where the ports lie across the flow, in their order. */
  readonly inputs: readonly LaidPort[];
  readonly outputs: readonly LaidPort[];
}

export interface LaidPort {
  readonly name: string;
  readonly at: number;
}

export interface LaidWire {
  readonly from: PortRef;
  readonly to: PortRef;
  /** The room that its label takes along the flow. */
  readonly label: number;
}

export interface LaidGraph {
  readonly nodes: readonly LaidNode[];
  readonly wires: readonly LaidWire[];
  /** The room across the flow between rows and branches: for wires that pass, and labels beside them. */
  readonly lane: number;
}

/** A place, along the flow and across it. */
export interface Spot {
  readonly along: number;
  readonly across: number;
}

export type Spots = ReadonlyMap<string, Spot>;

/** Between boxes that follow each other, at least; a label that is longer takes more. */
export const GAP_ALONG = 72;
/** The least room between rows of boxes. */
export const LANE = 64;

/** The room between two boxes whose wires have these labels. */
export function gapFor(wires: readonly LaidWire[]): number {
  return wires.reduce((gap, { label }) => Math.max(gap, label + 24), GAP_ALONG);
}
