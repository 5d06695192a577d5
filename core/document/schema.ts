/**
 * @file The document: the saved, undoable, declarative model. Plain JSON with stable ids; drawing apart from meaning.
 * Unknown keys and unknown types survive a load and a save. Names of types are words of the registry, which this folder
 * does not know.
 */

export const FORMAT = 'espalier';
export const VERSION = 4;

export type ClassId = string;
export type MemberId = string;
export type NodeId = string;
export type WireId = string;

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** An expression over the fields of the class: `{ $: '4 * width' }`. Grammar in `expression.ts`. */
export interface Expression {
  readonly $: string;
}
/** A value, or an expression; lists and objects may hold expressions inside. */
export type Argument = JsonValue | Expression | readonly Argument[];
export type Arguments = Readonly<Record<string, Argument>>;

export interface ModelDocument {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  /** The title, for the window and the file name. */
  readonly name: string;
  readonly classes: Readonly<Record<ClassId, ModelClass>>;
  readonly root: { readonly class: ClassId; readonly args: Arguments };
  /** `setAttributes`, `train` and `eval` calls, replayed in this order after construction and emitted as code. */
  readonly settings: readonly Setting[];
  readonly views: readonly View[];
  /** Places to come back to, at most nine. Absent in a document without any. */
  readonly bookmarks?: readonly Bookmark[];
  readonly run: RunSettings;
}

/** A module class that the user designs. It exports as a class in code. */
export interface ModelClass {
  readonly id: ClassId;
  /** A class name in code: `Block`. */
  readonly name: string;
  readonly doc: string;
  /** Constructor parameters, in order. */
  readonly fields: readonly Field[];
  /** In the order of construction, which is the order in which `rngs` is drawn from. */
  readonly members: readonly Member[];
  readonly nodes: Readonly<Record<NodeId, GraphNode>>;
  readonly wires: Readonly<Record<WireId, Wire>>;
  readonly probes: readonly Probe[];
  /** Where nodes are drawn, in canvas pixels. A node may lack an entry (pasted documents do). */
  readonly layout: Readonly<Record<NodeId, Point>>;
  /** Notes and frames around what is drawn, from back to front. Absent in a class without any. */
  readonly annotations?: readonly Annotation[];
}

export interface Field {
  readonly name: string;
  readonly type: 'int' | 'float' | 'bool' | 'text';
  readonly default?: JsonValue;
  readonly doc?: string;
}

/** An attribute that holds a Module. */
export interface Member {
  readonly id: MemberId;
  /** The attribute's name: `linear1`. */
  readonly name: string;
  /** A layer type of the registry, or `class:<ClassId>`. */
  readonly type: string;
  readonly args: Arguments;
  /** A list of this many repeats, with integer path parts. */
  readonly repeat?: Argument;
  /** A second name of another member: a shared reference. `type` and `args` are then ignored. */
  readonly aliasOf?: MemberId;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What explains the canvas and means nothing to the model. Each has an id of its own among those of its class. */
export type Annotation = Note | Frame;

export interface Note extends Point, Size {
  readonly id: string;
  readonly kind: 'note';
  readonly text: string;
  /** The wire that it is about: it moves with it, and goes with it. */
  readonly wire?: WireId;
}

/** A titled rectangle: what lies in it moves with it. */
export interface Frame extends Point, Size {
  readonly id: string;
  readonly kind: 'frame';
  readonly title: string;
  readonly color: FrameColor;
}

export type FrameColor = 'grey' | 'blue' | 'green' | 'amber' | 'red' | 'violet';

/** A place on the canvas under a digit. */
export interface Bookmark {
  /** 1 to 9, each once. */
  readonly key: number;
  readonly class: ClassId;
  /** The instance of the class that was looked at; empty for the root, and for a class that was opened by itself. */
  readonly instance: ModuleRef;
  /** The viewport, as the canvas keeps it. */
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** A dimension is a length, or a name such as 'batch' for one known only when the model runs. */
export type DeclaredShape = readonly (number | string)[];

export type GraphNode = InputNode | OutputNode | CallNode | OpNode | ConstantNode;

export interface InputNode {
  readonly id: NodeId;
  readonly kind: 'input';
  /** The argument's name in code: `x`. Its one output port is `out`. Inputs are passed in the order of `order`. */
  readonly name: string;
  readonly order: number;
  /** May hold expressions over fields; null: known from the callers only. */
  readonly shape: readonly (number | string | Expression)[] | null;
  readonly dtype: 'float32' | 'int32' | 'bool';
}

export interface OutputNode {
  readonly id: NodeId;
  readonly kind: 'output';
  /** Its one input port is `in`. With several outputs `call` returns a tuple in the order of `order`. */
  readonly name: string;
  readonly order: number;
}

export interface CallNode {
  readonly id: NodeId;
  readonly kind: 'call';
  /**
   * The member that is called. A list is called item after item: what leaves one comes into the next by the first port, and what comes in by the
   * others is the same for all. Ports are those of its type.
   */
  readonly member: MemberId;
  /** Of a list: each item gets the same inputs, and the outputs are stacked along a new first axis, or joined along the last. */
  readonly collect?: 'stack' | 'concatenate';
  /** Of a list: only the item of this index is used. */
  readonly item?: number;
  /** Another of its methods than `call`: the `attend` of an Embed. Ports are those of the method. */
  readonly method?: string;
  /** Nothing is called: this Variable of the member is read, as the `embedding` of an Embed. Its one output port is `value`. */
  readonly variable?: string;
  /** Nothing is called: what comes in goes on. The member is made all the same. */
  readonly bypass?: true;
}

/** What a node does with its member: absent or empty, it calls it. */
export type MemberUse = Pick<CallNode, 'method' | 'variable'>;

/** How a node uses a list: absent or empty, its items one after the other. */
export type ListUse = Pick<CallNode, 'collect' | 'item'>;

export interface OpNode {
  readonly id: NodeId;
  readonly kind: 'op';
  /** An op type of the registry. */
  readonly op: string;
  readonly args: Arguments;
  /** Nothing is computed: what comes in goes on. */
  readonly bypass?: true;
}

export interface ConstantNode {
  readonly id: NodeId;
  readonly kind: 'constant';
  /** Nested lists of numbers, or a number. Its one output port is `out`. */
  readonly value: JsonValue;
  readonly dtype: 'float32' | 'int32' | 'bool';
}

export interface PortRef {
  readonly node: NodeId;
  readonly port: string;
}

export interface Wire {
  readonly id: WireId;
  readonly from: PortRef;
  readonly to: PortRef;
}

/** A `sow` or `perturb` on the value that leaves a port. */
export interface Probe {
  readonly id: string;
  readonly at: PortRef;
  readonly kind: 'sow' | 'perturb';
  readonly name: string;
  /** 'Intermediate' for sow, 'Perturbation' for perturb, unless the user says otherwise. */
  readonly variableType: string;
}

export type PathPart = string | number;
export type Path = readonly PathPart[];

/**
 * The way to a Module from the root: the id of a member in each class, an index behind that of a list, and the names of attributes for what
 * lies inside a layer, as a MultiHeadAttention's `query`. The root itself is the empty way.
 */
export type ModuleRef = readonly (MemberId | number | { readonly attribute: string })[];

export type FilterOf<Leaf> =
  | { readonly kind: 'everything' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'type'; readonly type: string }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'path'; readonly contains: PathPart; readonly exact: boolean }
  | { readonly kind: 'pathIn'; readonly paths: readonly Path[] }
  | Leaf
  | { readonly kind: 'any'; readonly of: readonly FilterOf<Leaf>[] }
  | { readonly kind: 'all'; readonly of: readonly FilterOf<Leaf>[] }
  | { readonly kind: 'not'; readonly of: FilterOf<Leaf> };

/** A filter as data, without references: what a person types, and what `core/build` turns into a live one. The text form is in `query/`. */
export type PathFilter = FilterOf<never>;

/** A filter as a document holds it. `filterByPath` gives the same without references. */
export type FilterSpec = FilterOf<{
  /** Modules by the ids of members: they stay right whatever is renamed, grouped or moved. */
  readonly kind: 'modules';
  readonly at: readonly ModuleRef[];
}>;

export type AttributeValue = null | boolean | number | string;

export type Setting =
  | { readonly id: string; readonly kind: 'train' }
  | { readonly id: string; readonly kind: 'eval' }
  | { readonly id: string; readonly kind: 'set'; readonly only: FilterSpec; readonly attributes: Readonly<Record<string, AttributeValue>> };

export interface View {
  readonly id: string;
  readonly name: string;
  readonly only: FilterSpec;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

export interface RunSettings {
  /** `Rngs(seed)` makes the Module: initial values and dropout masks are those of Flax from the same seed. */
  readonly seed: number;
  /** A type of `core/sources`: 'ones', 'csv' … */
  readonly source: Typed;
  readonly batchSize: number;
  /** A type of `core/losses`: 'crossEntropy' … */
  readonly loss: Typed;
  /** A type of `core/optim`: 'sgd', 'adam' … */
  readonly optimizer: Typed;
  /** Which of the Params are trained, by type and path; the others stay as they are. Absent: all of them. */
  readonly trained?: FilterSpec;
  /** Steps of one press on Train. */
  readonly steps: number;
}

/** A choice from a registry with its arguments. A type that this version does not know is kept, and shown as a problem. */
export interface Typed {
  readonly type: string;
  readonly args: Readonly<Record<string, JsonValue>>;
}
