/** @file Adds what a line of the quick-add field says: wired, placed, selected, one undoable step. What cannot be read is told, and nothing changes. */
import { wireIn, type Instance, type MaybeSpec, type WireTarget } from '../../../core/check/index.ts';
import {
  addToClass,
  EditError,
  freeBelow,
  type Added,
  type Addition,
  type ModelClass,
  type ModelDocument,
  type NodeId,
  type Point,
  type PortRef,
  type WireId,
} from '../../../core/document/index.ts';
import { nodeName } from '../../../core/graph/index.ts';
import { findOpenClass } from '../../state/derived/open-class.ts';
import { NOTHING_SELECTED, type Selection } from '../../state/session/store.ts';
import type { Services } from '../../state/services.ts';
import { findFreePoint, pointAtCentre } from '../add-at-centre.ts';
import type { QuickEntry } from './entries.ts';
import { specBehind } from './spec-behind.ts';
import { meaningOf, Unreadable } from './meaning-of.ts';
import { partsOf } from './tokens.ts';

export interface QuickAddPlace {
  /** Where it is opened, in pixels of the window; what is wired to nothing lands there. */
  readonly at?: Point;
  /** Where the field stands, if not there. */
  readonly corner?: Point;
  /** The port that a wire was drawn from. */
  readonly from?: PortRef & { readonly side: 'input' | 'output' };
  /** The wire that the first node is put into. */
  readonly insertInto?: WireId;
  /** Nodes that become what is typed, instead of something new. */
  readonly replace?: readonly NodeId[];
}

export type AddingServices = Pick<Services, 'document' | 'session' | 'check' | 'canvas' | 'templates'>;

export type LineAnswer =
  { readonly ok: true; readonly said: string; readonly end: NodeId | undefined } | { readonly ok: false; readonly message: string };

/** What the next addition is wired to: what was asked for, else the selection. A fresh class grows between its input and its output. */
export function targetNow(selection: Selection, openClass: ModelClass, place: QuickAddPlace): WireTarget {
  if (place.from) return { port: place.from };
  if (place.insertInto !== undefined) return { wire: place.insertInto };
  const { nodes, wires } = selection;
  const behind = nodes.filter((id) => Object.hasOwn(openClass.nodes, id));
  if (behind.length > 0) return { behind };
  const [chosen] = wires.length === 1 ? wires : [];
  const [only, ...others] = Object.keys(openClass.nodes).length === 2 ? Object.keys(openClass.wires) : [];
  const wire = chosen ?? (others.length === 0 ? only : undefined);
  return wire !== undefined && Object.hasOwn(openClass.wires, wire) ? { wire } : {};
}

/** `chosen`: the entry that the last part of the line means. */
export function addLine(services: AddingServices, line: string, place: QuickAddPlace, chosen?: QuickEntry): LineAnswer {
  const { document: store, session } = services;
  const { open } = session.getState();
  const before = store.getState().document;
  const openClass = findOpenClass(before, open);
  if (!openClass) return { ok: false, message: 'There is no class to add to. Open one first.' };
  const run = new Adding(services, openClass.id, before, targetNow(session.getState().selection, openClass, place), place.at);
  try {
    const parts = partsOf(line);
    for (const [i, part] of parts.entries()) run.addPart(part, i === parts.length - 1 ? chosen : undefined);
    if (parts.length === 0 && chosen) run.addPart(chosen.title, chosen);
  } catch (error) {
    if (error instanceof EditError || error instanceof Unreadable) return { ok: false, message: error.message };
    throw error;
  }
  return finish(services, run);
}

/** Adds one thing that is known already, an entry of the palette, made for what it would be fed. @throws EditError where the class cannot take it */
export function addOne(services: AddingServices, additionFor: (behind: MaybeSpec) => Addition): { readonly end: NodeId | undefined } {
  const { document: store, session } = services;
  const before = store.getState().document;
  const openClass = findOpenClass(before, session.getState().open);
  if (!openClass) return { end: undefined };
  const run = new Adding(services, openClass.id, before, targetNow(session.getState().selection, openClass, {}), undefined);
  run.add(additionFor(run.behind()), []);
  finish(services, run);
  return run;
}

function finish({ document: store, session }: AddingServices, run: Adding): LineAnswer {
  const { open, selection } = session.getState();
  const place = { open, selection: run.end === undefined ? selection : { ...NOTHING_SELECTED, nodes: [run.end] } };
  store.edit(run.label, () => run.document, { place });
  return { ok: true, said: run.said, end: run.end };
}

/** One addition after the other, each behind the one before. */
class Adding {
  end: NodeId | undefined;
  private readonly names: string[] = [];

  constructor(
    private readonly services: AddingServices,
    private readonly classId: string,
    public document: ModelDocument,
    private target: WireTarget,
    private readonly at: Point | undefined,
  ) {}

  get label(): string {
    return this.names.length === 1 ? `Add ${this.names[0]}` : `Add ${this.names.join(', ')}`;
  }

  get said(): string {
    return `Added ${this.names.join(', ')}.`;
  }

  private get modelClass(): ModelClass {
    return this.document.classes[this.classId]!;
  }

  /** What the next node would be fed. */
  behind(): MaybeSpec {
    return specBehind(this.target, this.modelClass, this.known());
  }

  addPart(part: string, chosen: QuickEntry | undefined): void {
    const meant = meaningOf(this.services, this.document, this.classId, part, chosen, this.behind());
    this.document = meant.document;
    this.add(meant.addition, meant.also);
  }

  add(addition: Addition, also: readonly NodeId[]): void {
    const added = addToClass(this.document, this.classId, addition, this.freePoint());
    this.document = added.document;
    this.names.push(nameOf(addition, added, this.modelClass));
    if (added.node === undefined) return;
    this.end = added.node;
    if (!added.wasThere) {
      const behind = behindOf(this.target, this.modelClass);
      // Who names what is selected, too, says the order: `matmul relu transpose`.
      const all = behind.every((id) => also.includes(id)) ? also : [...behind, ...also];
      const target = also.length === 0 ? this.target : { behind: all };
      const wired = wireIn(this.document, this.classId, added.node, target, this.known());
      this.document = wired.document;
      this.end = wired.end;
    }
    this.target = { behind: [this.end] };
  }

  /** What is known of the class as it was before. */
  private known(): Instance | undefined {
    const { check, session } = this.services;
    return check.getState().check.instanceAt(this.classId, session.getState().open.at(-1)?.instance);
  }

  /** Where it lies unless it is wired. */
  private freePoint(): Point {
    const { canvas } = this.services;
    const under = this.at && canvas.pointAt(this.at);
    return under ? freeBelow(this.modelClass, under, new Set()) : findFreePoint(this.modelClass, pointAtCentre(canvas));
  }
}

function behindOf(target: WireTarget, modelClass: ModelClass): readonly NodeId[] {
  if (target.port?.side === 'output') return [target.port.node];
  const wire = target.wire === undefined ? undefined : modelClass.wires[target.wire];
  return wire ? [wire.from.node] : (target.behind ?? []);
}

function nameOf(addition: Addition, added: Added, modelClass: ModelClass): string {
  if (addition.kind === 'field') return `field ${addition.field.name}`;
  const node = added.node === undefined ? undefined : modelClass.nodes[added.node];
  return node ? nodeName(modelClass, node) : addition.kind;
}
