/**
 * @file Just enough of WebAssembly (W3C, WebAssembly Core Specification 2.0, sections 4 and 5) to write functions over vectors of four
 * lanes of 32 bits: a compiler would be a thousand times the size of the one kernel that it would serve.
 */

/** Encoded instructions: an expression that leaves a value, or a statement that leaves none. */
export type Code = readonly number[];

/** A function whose parameters are all i32 and that returns nothing. Locals count on from the parameters, i32 before v128. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: number;
  readonly locals: { readonly i32: number; readonly v128: number };
  readonly body: readonly Code[];
}

const I32 = 0x7f;
const V128 = 0x7b;

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];

/** Expressions of type i32. */
export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  lessThanUnsigned: (a: Code, b: Code): Code => [...a, ...b, 0x49],
  add: (a: Code, b: Code): Code => [...a, ...b, 0x6a],
  xor: (a: Code, b: Code): Code => [...a, ...b, 0x73],
};

/** Expressions of type v128: on words and on bits, lane by lane; addresses, shifts and what is spread over the lanes are i32. */
export const words = {
  load: (address: Code, offset: number): Code => [...address, ...vector(0, 4, ...unsigned(offset))],
  /** A statement. */
  store: (address: Code, offset: number, value: Code): Code => [...address, ...value, ...vector(11, 4, ...unsigned(offset))],
  const: (a: number, b = a, c = a, d = a): Code => vector(12, ...new Uint8Array(Int32Array.of(a, b, c, d).buffer)),
  /** The bytes of `a` in the order of these 16 indices. */
  shuffle: (a: Code, bytes: readonly number[]): Code => [...a, ...a, ...vector(13, ...bytes)],
  splat: (a: Code): Code => [...a, ...vector(17)],
  or: (a: Code, b: Code): Code => [...a, ...b, ...vector(80)],
  xor: (a: Code, b: Code): Code => [...a, ...b, ...vector(81)],
  /** The bits of `a` where the mask has ones, else those of `b`. */
  select: (a: Code, b: Code, mask: Code): Code => [...a, ...b, ...mask, ...vector(82)],
  shiftLeft: (a: Code, bits: number): Code => [...a, ...i32.const(bits), ...vector(171)],
  shiftRight: (a: Code, bits: number): Code => [...a, ...i32.const(bits), ...vector(172)],
  shiftRightUnsigned: (a: Code, bits: number): Code => [...a, ...i32.const(bits), ...vector(173)],
  add: (a: Code, b: Code): Code => [...a, ...b, ...vector(174)],
  sub: (a: Code, b: Code): Code => [...a, ...b, ...vector(177)],
};

/** Expressions of type v128, on floats. */
export const floats = {
  const: (lane: number): Code => vector(12, ...new Uint8Array(new Float32Array(4).fill(lane).buffer)),
  lessThan: (a: Code, b: Code): Code => [...a, ...b, ...vector(67)],
  sqrt: (a: Code): Code => [...a, ...vector(227)],
  add: (a: Code, b: Code): Code => [...a, ...b, ...vector(228)],
  sub: (a: Code, b: Code): Code => [...a, ...b, ...vector(229)],
  mul: (a: Code, b: Code): Code => [...a, ...b, ...vector(230)],
  fromWords: (a: Code): Code => [...a, ...vector(250)],
};

/** Runs the statements once, and again as long as the i32 is not 0 after them. */
export function repeatWhile(condition: Code, statements: readonly Code[]): Code {
  return [0x03, 0x40, ...statements.flat(), ...condition, 0x0d, 0x00, 0x0b];
}

/** The bytes of a module with these functions and one page of memory (64 KiB), all exported, the memory as `memory`. */
export function encodeModule(functions: readonly WasmFunction[]): Uint8Array {
  const types = functions.map(({ parameters }) => [0x60, ...list(Array.from({ length: parameters }, () => [I32])), 0]);
  const indices = functions.map((_, i) => [i]);
  const exported = functions.map(({ name }, i) => [...text(name), 0, i]);
  const bodies = functions.map(({ locals, body }) => {
    const code = [...list([...run(locals.i32, I32), ...run(locals.v128, V128)]), ...body.flat(), 0x0b];
    return [...unsigned(code.length), ...code];
  });
  const version1 = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  const memory = [...text('memory'), 2, 0];
  const sections = [section(1, types), section(3, indices), section(5, [[0, 1]]), section(7, [...exported, memory]), section(10, bodies)];
  return Uint8Array.from([...version1, ...sections.flat()]);
}

function vector(operation: number, ...rest: readonly number[]): Code {
  return [0xfd, ...unsigned(operation), ...rest];
}

function run(count: number, type: number): number[][] {
  return count === 0 ? [] : [[...unsigned(count), type]];
}

function section(id: number, entries: readonly (readonly number[])[]): number[] {
  const content = list(entries);
  return [id, ...unsigned(content.length), ...content];
}

function list(entries: readonly (readonly number[])[]): number[] {
  return [...unsigned(entries.length), ...entries.flat()];
}

function text(ascii: string): number[] {
  return list(Array.from(ascii, (letter) => [letter.charCodeAt(0)]));
}

/** LEB128: seven bits a byte, lowest first. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
