/**
 * @file Objects whose attributes are the branches of the tree, and which of them carry data.
 * Port of flax/nnx/pytreelib.py at 18f8f31. Flax decides when an attribute is assigned; JavaScript has no hook there
 * without a Proxy around every Module, so here it is decided when the tree is walked (README, "Status").
 */
import { tf } from '../tensor/tf.ts';
import { AttributeError, ValueError } from './errors.ts';
import { isPlainContainer } from './ownership.ts';
import { compareParts, type PathPart } from './path.ts';
import { State } from './state.ts';
import { classOf, typeNameOf } from './type-name.ts';
import { Variable } from './variable.ts';

// Brands, because two copies of this library in one program must recognise each other's objects.
const PYTREE: unique symbol = Symbol.for('espalier.nnx.Pytree');
const MODULE = Symbol.for('espalier.nnx.Module');
const STATUS = Symbol('espalier.nnx.status');

/** Data takes part in state, traversal and gradients; static values are plain configuration. */
export type Status = 'data' | 'static';

/** The base of everything with attributes that are walked: Modules, Rngs and their streams. Port of nnx.Pytree. */
export class Pytree {
  static readonly typeName: string = 'Pytree';
  declare readonly [PYTREE]: true;
  /** False switches the checks on attributes off: plain arrays of Modules are then walked without a mark, in graph mode only. */
  static readonly pytree: boolean = true;
  /** True where attributes named like integers are positions (List). */
  static readonly positions: boolean = false;

  /** False for classes whose methods are plumbing: `capture` with `methodOutputs` passes them over. Subclasses are recorded again. */
  static readonly recordsMethods: boolean = false;

  /** Names of methods and accessors that Flax's class lacks: they are how the class is used here, and no attributes of it. */
  static readonly plumbing: ReadonlySet<string> = new Set();

  /** A new, empty object of this type, made without running the constructor. Objects that are more than their attributes override it. */
  static blank(prototype: object): object {
    return Object.create(prototype) as object;
  }
}
Object.defineProperty(Pytree.prototype, PYTREE, { value: true });

/** Marks a class as Modules. Only `module.ts` calls this. */
export function brandModules(prototype: object): void {
  Object.defineProperty(prototype, MODULE, { value: true });
}

/** Whether a value is a Pytree object (not a class). */
export function isPytree(value: unknown): value is Pytree {
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') && PYTREE in value;
}

/** What the class of an object says of its objects. */
export function pytreeClass(node: Pytree): typeof Pytree {
  return classOf(node) as unknown as typeof Pytree;
}

/** Whether a value is a Module. */
export function isModuleNode(value: unknown): value is Pytree {
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') && MODULE in value;
}

/** What can hold nodes without being one: arrays, plain objects, Maps and States. */
export type Container = readonly unknown[] | Readonly<Record<string, unknown>> | ReadonlyMap<PathPart, unknown> | State<unknown>;

export function isContainer(value: unknown): value is Container {
  return isPlainContainer(value) || value instanceof Map || value instanceof State;
}

/** Whether a value by itself is data: a tensor, a typed array, a Variable or a Pytree. Numbers, text and functions are not. */
export function isData(value: unknown): boolean {
  return value instanceof Variable || value instanceof tf.Tensor || isPytree(value) || ArrayBuffer.isView(value);
}

const marks = new WeakMap<object, Status>();

/**
 * Marks a plain array, object or Map as data, so that the Modules and Variables in it are found. Returns it.
 * `null` needs no mark: it holds nothing, and may be replaced by data at any time. Port of nnx.data.
 * @throws TypeError for numbers, text and other values that cannot carry a mark; use `setAttributeStatus` for those.
 */
export function data<T>(value: T): T {
  return mark(value, 'data');
}

/**
 * Marks a plain array, object or Map as static. Returns it. Port of nnx.static.
 * @throws ValueError if it holds data.
 */
export function static_<T>(value: T): T {
  if (isData(value) || holdsData(value))
    throw new ValueError(
      `Found data in value of type '${typeNameOf(value)}' that was marked static_. Static values hold no tensors, Variables or Modules: ` +
        'mark it with data() instead.',
    );
  return mark(value, 'static');
}

function mark<T>(value: T, status: Status): T {
  if (value === null || isData(value)) return value;
  if (isContainer(value)) marks.set(value, status);
  else if (status === 'data')
    throw new TypeError(
      `data() cannot mark ${typeNameOf(value)}: only arrays, objects and Maps carry a mark. ` +
        "To make this attribute a leaf of the state, call setAttributeStatus(this, 'name', 'data').",
    );
  return value;
}

/** Carries a container's mark over to its copy. */
export function copyMark(from: object, to: object): void {
  const status = marks.get(from);
  if (status) marks.set(to, status);
}

/** Whether anything inside a plain container is data. */
export function holdsData(value: unknown, seen: Set<object> = new Set()): boolean {
  if (!isContainer(value) || seen.has(value)) return false;
  seen.add(value);
  for (const part of containerValues(value)) if (isData(part) || holdsData(part, seen)) return true;
  return false;
}

function containerValues(value: Container): Iterable<unknown> {
  return value instanceof Map || value instanceof State ? value.values() : Object.values(value);
}

type WithStatus = Pytree & { [STATUS]?: Map<string, Status> };

/** Decides one attribute's status by hand, whatever its value: a number then becomes a leaf of the state. */
export function setAttributeStatus(node: Pytree, name: string, status: Status): void {
  const holder: WithStatus = node;
  if (!holder[STATUS]) Object.defineProperty(holder, STATUS, { value: new Map(), configurable: true });
  holder[STATUS]!.set(name, status);
}

/** The statuses decided by hand, for copies of the object. */
export function copyAttributeStatus(from: Pytree, to: Pytree): void {
  for (const [name, status] of (from as WithStatus)[STATUS] ?? []) setAttributeStatus(to, name, status);
}

/**
 * Whether an attribute takes part in state and traversal.
 * @throws ValueError if an unmarked array, object or Map holds data, or one marked static does.
 */
export function attributeStatus(node: Pytree, name: PathPart, value: unknown): Status {
  const decided = (node as WithStatus)[STATUS]?.get(String(name));
  if (decided !== undefined) return decided;
  if (isData(value)) return 'data';
  if (!isContainer(value)) return 'static';
  const marked = marks.get(value);
  if (marked === 'data') return 'data';
  if (value instanceof State) return 'data';
  if (!holdsData(value)) return 'static';
  if (!pytreeClass(node).pytree) return 'data';
  throw new ValueError(
    `Found data on value of type '${typeNameOf(value)}' in static attribute '${name}' of Pytree type '${typeNameOf(node)}'. ` +
      'Plain arrays and objects are configuration unless they are marked. Do one of these: (1) take the tensors, Variables and ' +
      'Modules out of it; (2) mark it, this.' +
      `${name} = data(…); (3) decide once, setAttributeStatus(this, '${name}', 'data'); (4) use List or Dict instead; ` +
      `(5) switch the checks off with "static pytree = false" in the class.`,
  );
}

/** The names and values of an object's attributes, in the order that every traversal follows. */
export interface Attributes {
  readonly keys: readonly PathPart[];
  readonly values: readonly unknown[];
}

/**
 * Own attributes, those that `isWanted`, sorted by name, by code point; positions of a List first, by number. Unset (undefined)
 * ones do not exist. Sorted after choosing: of a usual layer's attributes, few or none are left.
 */
export function attributesOf(node: Pytree, isWanted: (key: PathPart, value: unknown) => boolean = () => true): Attributes {
  const { positions } = pytreeClass(node);
  const attributes = node as unknown as Record<string, unknown>;
  const keys: PathPart[] = [];
  for (const name of Object.keys(node)) {
    const value = attributes[name];
    if (value === undefined) continue;
    const key = positions && isPosition(name) ? Number(name) : name;
    if (isWanted(key, value)) keys.push(key);
  }
  if (!isSorted(keys)) keys.sort(compareParts);
  return { keys, values: keys.map((key) => attributes[key]) };
}

function isPosition(name: string): boolean {
  return /^(0|[1-9]\d*)$/.test(name);
}

// Classes assign their attributes in few different orders: to see that a list is sorted costs less than to sort it.
function isSorted(keys: readonly PathPart[]): boolean {
  for (let i = 1; i < keys.length; i++) if (compareParts(keys[i - 1]!, keys[i]!) > 0) return false;
  return true;
}

/**
 * Whether an object has an attribute, as Python's hasattr: own, inherited, method or accessor. Class fields that were
 * declared but never assigned are undefined and do not count; null counts. A getter that throws AttributeError does not count,
 * nor does what only JavaScript's objects have: `constructor`, `toString`, the `length` of a List.
 */
export function hasAttribute(node: object, name: string): boolean {
  if (!(name in node)) return false;
  if (!Object.hasOwn(node, name) && (name in Object.prototype || (isPytree(node) && pytreeClass(node).plumbing.has(name)))) return false;
  try {
    return (node as Record<string, unknown>)[name] !== undefined;
  } catch (error) {
    if (error instanceof AttributeError) return false;
    throw error;
  }
}

/**
 * Assigns an attribute as Flax does on an existing Module: where data was, an array or object of Modules needs no mark.
 * @throws ValueError if the attribute is static and the new value is data (a null attribute may become anything), or holds
 *   data without a mark. Nothing is assigned then.
 */
export function assignAttribute(node: Pytree, name: string, value: unknown): void {
  refuseDataForStatic(node, name, value);
  if (isContainer(value) && !marks.has(value) && holdsData(value)) {
    const present = Object.hasOwn(node, name) ? (node as unknown as Record<string, unknown>)[name] : null;
    if (attributeStatus(node, name, present) === 'data') marks.set(value, 'data');
    else attributeStatus(node, name, value);
  }
  (node as unknown as Record<string, unknown>)[name] = value;
}

/** @throws ValueError if an attribute is static and a new value for it is data. */
export function refuseDataForStatic(node: Pytree, name: string, value: unknown): void {
  const present = (node as unknown as Record<string, unknown>)[name];
  const isOwn = Object.hasOwn(node, name);
  if (isOwn && present !== null && present !== undefined && isData(value) && attributeStatus(node, name, present) === 'static')
    throw new ValueError(
      `Cannot assign data value of type '${typeNameOf(value)}' to static attribute '${name}' of Pytree type '${typeNameOf(node)}'. ` +
        `Assign it directly (module.${name} = …) or call setAttributeStatus(module, '${name}', 'data') first.`,
    );
}
