/** @file What is known about one use of a class before it is built: arguments, shapes, problems. Knows no path: equal uses are one object. */
import type { ExpressionValue } from '../document/expression.ts';
import type { Problem } from '../document/problem.ts';
import type { ClassId, MemberId, ModelClass, NodeId } from '../document/schema.ts';
import type { Args, PortSpecs, Rejection, TensorSpec } from '../spec/index.ts';

/** Undefined where a spec is not known yet; the reason is a problem somewhere upstream. */
export type MaybeSpec = TensorSpec | undefined;
export type MaybeSpecs = Readonly<Record<string, MaybeSpec>>;

export interface NodeResult {
  /** By input port; ports without a wire are missing. */
  readonly inputs: MaybeSpecs;
  /** By output port. */
  readonly outputs: MaybeSpecs;
  /** For a call of a class: what is inside, one per element of a list. */
  readonly elements: readonly Instance[];
  /** Of a node that is bypassed: by output port the input port whose value goes on. */
  readonly passes?: Readonly<Record<string, string>>;
  /** For an op: its arguments, defaults filled in. */
  readonly args?: Args;
  /** What each item of a list gives, where `outputs` are those of all of them together. */
  readonly each?: MaybeSpecs;
  /** What is wrong with this node or with what it calls; what lies inside a nested class stands there. */
  readonly problems: readonly Problem[];
}

export interface MemberResult {
  readonly type: string;
  /** Evaluated, with defaults and what was inferred; for a class the values of its fields. What is wrong or unknown is missing. */
  readonly args: Args;
  /** Names of arguments that were inferred from the first call's inputs. */
  readonly inferred: readonly string[];
  /** Nothing is wrong or missing: the member can be built. */
  readonly isComplete: boolean;
  /** The number of repeats; null for a single Module. */
  readonly repeat: number | null;
  /** For a class: its elements as the first call finds them. */
  readonly elements: readonly Instance[];
  /** What is wrong with it whether it is called or not. */
  readonly problems: readonly Problem[];
}

/** Field values by name; a field whose value is not known is missing. */
export type Scope = Readonly<Record<string, ExpressionValue>>;

export interface Instance {
  /** As it was when it was inferred: layout, doc and probes may be older than the document's. */
  readonly class: ModelClass;
  readonly scope: Scope;
  readonly nodes: ReadonlyMap<NodeId, NodeResult>;
  /** By the id of the member behind aliases. */
  readonly members: ReadonlyMap<MemberId, MemberResult>;
  /** By the name of the output. */
  readonly outputs: MaybeSpecs;
  /** What came in by the name of the input; null: what the inputs declare. */
  readonly inputs: MaybeSpecs | null;
  /** The parts of each class that it uses, as they were: see `partsOf`. */
  readonly uses: ReadonlyMap<ClassId, readonly unknown[]>;
  /** What is wrong with the inputs that came, for the caller to show; `port` is the input's name. */
  readonly inputFaults: readonly Rejection[];
}

export interface NodePorts {
  readonly inputs: PortSpecs;
  readonly outputs: PortSpecs;
}
