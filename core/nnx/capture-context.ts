/**
 * @file Captures that are running, and what they have recorded. Buffers live here and not on the Modules, so that an
 * exception leaves nothing behind (BUG-04) and nested captures do not take each other's buffers (CAP-052, CAP-053).
 */
import { tf } from '../tensor/tf.ts';
import { type Diagnostic, type DiagnosticCode, type DiagnosticHandler, placeText, report } from './diagnostics.ts';
import { ValueError } from './errors.ts';
import { mapTensors } from './ownership.ts';
import { comparePaths, type Path } from './path.ts';
import { tap } from './taps.ts';
import { className } from './type-name.ts';
import type { VariableType } from './variable-names.ts';
import { type Metadata, PendingZeros, type Variable } from './variable.ts';

/** Combines what is stored with a new value. Owns neither: what it returns is kept, what it drops is freed. */
export type ReduceFn = (previous: never, value: never) => unknown;

/** How `sow` accumulates. */
export interface SowOptions {
  readonly reduceFn?: ReduceFn;
  readonly initFn?: () => unknown;
}

/** What one name of one Module holds under one type. */
interface Entry {
  variable: Variable<unknown>;
  /** Given by `init`: belongs to the caller, and is only copied if its type is captured. */
  readonly isBorrowed: boolean;
  /** How often sow or perturb used it: none means that `init` was for nothing, several that gradients are summed. */
  calls: number;
}

type Table = Map<string, Entry>;

/** What one Module has recorded, by Variable type in the order of the types, then by name. */
class Buffer {
  readonly tables = new Map<VariableType, Table>();
  constructor(
    readonly path: Path,
    types: readonly VariableType[],
  ) {
    for (const type of types) this.tables.set(type, new Map());
  }
}

/** One running capture. */
export class CaptureContext {
  /** By Module; copies that are made meanwhile share the buffer of their original. */
  readonly #buffers = new Map<object, Buffer>();
  /** Only where there is an `init` to install. */
  readonly #byPath = new Map<string, Buffer>();
  readonly #types: readonly VariableType[];
  readonly #onDiagnostic: DiagnosticHandler | undefined;
  /** Told of every copy of a covered Module that is made while the capture runs. */
  onCopy: ((original: object, copy: object) => void) | null = null;

  constructor(types: readonly VariableType[], onDiagnostic: DiagnosticHandler | undefined) {
    this.#types = types;
    this.#onDiagnostic = onDiagnostic;
  }

  /** Tells the listener of this capture, else all subscribers. */
  notice(code: DiagnosticCode, path: Path | null, name: string | null, message: string): void {
    const diagnostic: Diagnostic = { code, path, name, message };
    if (this.#onDiagnostic) this.#onDiagnostic(diagnostic);
    else report(diagnostic);
  }

  /** Gives a Module of the captured graph its buffer. */
  cover(module: object, path: Path, needsPath: boolean): void {
    const buffer = new Buffer(path, this.#types);
    this.#buffers.set(module, buffer);
    if (needsPath) this.#byPath.set(JSON.stringify(path), buffer);
  }

  /** Lets a copy of a covered Module (a view, a merge) record into the same buffer. */
  coverAlso(original: object, copy: object): void {
    const buffer = this.#buffers.get(original);
    if (!buffer) return;
    this.#buffers.set(copy, buffer);
    this.onCopy?.(original, copy);
  }

  covers(module: object): boolean {
    return this.#buffers.has(module);
  }

  pathOf(module: object): Path | undefined {
    return this.#buffers.get(module)?.path;
  }

  /** Puts the Variables of `init` where their Modules will find them. */
  install(leaves: readonly (readonly [Path, Variable<unknown>])[]): void {
    for (const [path, variable] of leaves) {
      const name = String(path.at(-1));
      const buffer = this.#byPath.get(JSON.stringify(path.slice(0, -1)));
      if (!buffer) {
        const place = placeText(path.slice(0, -1));
        this.notice(
          'init-ignored',
          path.slice(0, -1),
          name,
          `init holds '${name}' for ${place}, which is not in the captured graph. Initialise again.`,
        );
        continue;
      }
      const type = variable.constructor as VariableType;
      const table: Table = buffer.tables.get(type) ?? new Map();
      buffer.tables.set(type, table);
      table.set(name, { variable, isBorrowed: true, calls: 0 });
    }
  }

  /** Stores a value under a name; false if this capture has no buffer of exactly this type. The tensors are shared, not copied. */
  record(module: object, type: VariableType, name: string, value: unknown, options: SowOptions): boolean {
    const table = this.#buffers.get(module)?.tables.get(type);
    if (!table) return false;
    const entry = table.get(name);
    if (!this.#types.includes(type)) {
      // Of a type that only `init` has: nobody would receive it.
      if (entry) entry.calls ||= 1;
      return false;
    }
    if (!entry) table.set(name, { variable: accumulate(type, null, value, options), isBorrowed: false, calls: 1 });
    else {
      // Before it changes: what this capture owns is freed with it, also if a reduce function throws.
      if (entry.isBorrowed) table.set(name, { variable: entry.variable.copy(), isBorrowed: false, calls: 0 });
      const mine = table.get(name)!;
      accumulate(type, mine.variable, value, options);
      mine.calls++;
    }
    return true;
  }

  /** The value plus what is stored under a name; zeros are stored, and not added, where there is nothing. */
  perturb(module: object, type: VariableType, name: string, value: tf.Tensor): tf.Tensor {
    const buffer = this.#buffers.get(module);
    const table = buffer?.tables.get(type);
    if (!buffer || !table) return value;
    const entry = table.get(name) ?? {
      variable: makeVariable(type, new PendingZeros(value.shape, value.dtype)),
      isBorrowed: false,
      calls: 0,
    };
    table.set(name, entry);
    entry.calls++;
    return addPerturbation(entry.variable as Variable, value, name, buffer.path);
  }

  /** After the call: what each type recorded, sorted by path. Notices what a user should know. */
  collect(): Map<VariableType, [Path, Variable<unknown>][]> {
    const found = new Map(this.#types.map((type): [VariableType, [Path, Variable<unknown>][]] => [type, []]));
    for (const buffer of new Set(this.#buffers.values()))
      for (const [type, table] of buffer.tables)
        for (const [name, entry] of table) {
          if (entry.isBorrowed) this.#noticeUse(entry, buffer.path, name);
          found.get(type)?.push([[...buffer.path, name], entry.isBorrowed ? entry.variable.copy() : entry.variable]);
        }
    for (const [type, leaves] of found) found.set(type, this.#withoutCollisions(leaves));
    return found;
  }

  #noticeUse(entry: Entry, path: Path, name: string): void {
    if (entry.calls === 0)
      this.notice(
        'init-ignored',
        path,
        name,
        `init holds '${name}' for ${placeText(path)}, but no perturb or sow of that name ran. Initialise again.`,
      );
    else if (entry.calls > 1)
      this.notice(
        'perturbation-summed',
        path,
        name,
        `perturb('${name}') of ${placeText(path)} ran ${entry.calls} times with one perturbation: its gradient is the sum over the calls.`,
      );
  }

  /** A name that is also a child's: the parent's value hides the child's, as in Flax (SOW-011), but not silently. */
  #withoutCollisions(leaves: [Path, Variable<unknown>][]): [Path, Variable<unknown>][] {
    leaves.sort((a, b) => comparePaths(a[0], b[0]));
    const kept: [Path, Variable<unknown>][] = [];
    for (const [path, variable] of leaves) {
      const before = kept.at(-1)?.[0];
      const isHidden = before !== undefined && before.length < path.length && before.every((part, i) => part === path[i]);
      if (!isHidden) {
        kept.push([path, variable]);
        continue;
      }
      variable.dispose();
      this.notice(
        'name-collision',
        before.slice(0, -1),
        String(before.at(-1)),
        `'${String(before.at(-1))}' is a recorded name and a child of ${placeText(before.slice(0, -1))}: ` +
          `the child's '${String(path.at(-1))}' is lost. Rename the recorded value.`,
      );
    }
    return kept;
  }

  /** Frees everything recorded, after an exception. */
  dispose(): void {
    for (const buffer of this.#buffers.values())
      for (const table of buffer.tables.values()) for (const entry of table.values()) if (!entry.isBorrowed) entry.variable.dispose();
  }
}

const contexts: CaptureContext[] = [];

/** Runs `f` while a capture listens. */
export function withContext<R>(context: CaptureContext, f: () => R): R {
  contexts.push(context);
  try {
    return f();
  } finally {
    contexts.pop();
  }
}

/** The running captures that cover a Module, the outermost first. All of them record. */
export function contextsOf(module: object): CaptureContext[] {
  return contexts.length === 0 ? contexts : contexts.filter((context) => context.covers(module));
}

/** Whether any capture runs, of whatever Modules. */
export function isCapturing(): boolean {
  return contexts.length > 0;
}

/** Lets a copy of a Module record where the original does (VIW-027, CAP-055). */
export function shareBuffers(original: object, copy: object): void {
  for (const context of contexts) context.coverAlso(original, copy);
}

/** Makes or updates the Variable that a name's values are kept in. */
export function accumulate(type: VariableType, present: Variable<unknown> | null, value: unknown, options: SowOptions): Variable<unknown> {
  const reduce = (options.reduceFn ?? appendValue) as (previous: unknown, value: unknown) => unknown;
  let variable = present;
  tf.tidy(() => {
    // Its own handles: the model goes on to use, and may dispose, the tensors it passed.
    const mine = mapTensors(value, (tensor) => tf.clone(tensor));
    if (variable) variable.setValue(reduce(variable.getValue(), mine));
    else variable = makeVariable(type, reduce(options.initFn ? options.initFn() : [], mine));
  });
  return variable!;
}

/** The value plus a perturbation of exactly its shape; nothing is added while the perturbation is known to be zero. */
export function addPerturbation(perturbation: Variable, value: tf.Tensor, name: string, path: Path | null): tf.Tensor {
  const { shape } = perturbation;
  if (shape.length !== value.shape.length || shape.some((size, i) => size !== value.shape[i]))
    throw new ValueError(
      `perturb('${name}') of ${placeText(path)} has a perturbation of shape [${shape.join(', ')}] but the value has shape ` +
        `[${value.shape.join(', ')}]. Broadcasting would change the gradient's meaning: initialise the perturbations again with this input, ` +
        'or give calls of different shapes different names.',
    );
  return perturbation.pendingZeros ? tap(perturbation, value) : tf.add(perturbation.value, value);
}

function appendValue(previous: readonly unknown[], value: unknown): readonly unknown[] {
  return [...previous, value];
}

/** A Variable of a type that is only known as a class. */
export function makeVariable(type: VariableType, value: unknown, metadata: Metadata = {}): Variable<unknown> {
  return new (type as unknown as new (value: unknown, metadata: Metadata) => Variable<unknown>)(value, metadata);
}

/** The error of a name that is already something else on a Module. */
export function wrongTypeError(name: string, expected: VariableType, got: string): ValueError {
  return new ValueError(`Expected '${name}' to be of type '${className(expected)}', got '${got}'. Use another name or that type.`);
}
