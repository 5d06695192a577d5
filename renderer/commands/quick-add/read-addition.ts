/**
 * @file One addition as it is typed: `Linear 64`, `Conv 16 3x3 strides=2`, `Block x4 as blocks`, `input x batch,4`. Values without a name fill the
 * parameters in their order, without those that follow from the wires.
 */
import type { MaybeSpec } from '../../../core/check/index.ts';
import { findDescriptor } from '../../../core/index.ts';
import {
  classIdOf,
  findClass,
  isExpression,
  nameFault,
  parseExpression,
  type Addition,
  type Argument,
  type Field,
  type InputNode,
  type JsonValue,
  type MemberId,
  type MemberUse,
  type ModelClass,
  type ModelDocument,
  type NodeId,
} from '../../../core/document/index.ts';
import { graphOf, nodeName } from '../../../core/graph/index.ts';
import type { ParamSpec, ParamSpecs } from '../../../core/spec/index.ts';
import { readArgument, unknownNames } from '../shared/argument-text.ts';
import { readShape } from '../shared/shape-text.ts';
import { positionalOf, type QuickEntry } from './entries.ts';
import { isWindow, onEachAxis, spatialAxes, startWith } from './start-with.ts';

export interface ReadAddition {
  readonly addition: Addition;
  /** Nodes that were named as further inputs: `add relu`. */
  readonly also: readonly NodeId[];
  /** Arguments that were typed: the others are what a new node starts with. */
  readonly typed: readonly string[];
}

export type AdditionReading = ({ readonly ok: true } & ReadAddition) | { readonly ok: false; readonly message: string };

/** What was typed does not fit: told at the field. */
class Misread extends Error {}

function refuse(expected: string, got: string, next: string): never {
  throw new Misread(`Expected ${expected}, got ${got}. ${next}`);
}

/** Reads the words behind an entry's name. `behind`: what it would be fed, which says how many axes a window has. */
export function readAddition(
  document: ModelDocument,
  openClass: ModelClass,
  entry: QuickEntry,
  words: readonly string[],
  behind?: MaybeSpec,
): AdditionReading {
  try {
    return { ok: true, ...new Reader(document, openClass, entry, behind).read(words) };
  } catch (error) {
    if (error instanceof Misread) return { ok: false, message: error.message };
    throw error;
  }
}

/** `m1`, `m1.attend()` and `m1.embedding`. */
function memberUse(text: string): { readonly member: MemberId } & MemberUse {
  const [member = '', use] = text.split('.');
  if (use === undefined) return { member };
  return use.endsWith('()') ? { member, method: use.slice(0, -2) } : { member, variable: use };
}

class Reader {
  private readonly fields: readonly string[];
  private readonly also: NodeId[] = [];
  private typed: readonly string[] = [];

  constructor(
    private readonly document: ModelDocument,
    private readonly openClass: ModelClass,
    private readonly entry: QuickEntry,
    private readonly behind: MaybeSpec,
  ) {
    this.fields = openClass.fields.map((field) => field.name);
  }

  read(words: readonly string[]): ReadAddition {
    const addition = this.addition(words);
    return { addition, also: this.also, typed: this.typed };
  }

  private addition(words: readonly string[]): Addition {
    const { kind, type, given: preset = [] } = this.entry;
    if (kind === 'member') {
      if (words.length > 0)
        refuse('no arguments, as a member has its own', `"${words.join(' ')}"`, 'Press Enter without them, or choose the type.');
      return { kind: 'call', ...memberUse(type.slice('member:'.length)) };
    }
    if (type === 'input') return this.input(words);
    if (type === 'output') return this.output(words);
    if (type === 'constant') return { kind: 'constant', value: readConstant(words.join(' ')) };
    if (kind === 'word' && type === 'field') return { kind: 'field', field: this.field(words) };
    if (kind === 'word') return this.newClass(words);
    const usedClass = classIdOf(type);
    const fields = usedClass === undefined ? undefined : (findClass(this.document, usedClass)?.fields ?? []);
    const params = fields ? fieldParams(fields) : (findDescriptor(type)?.params ?? {});
    const isMember = kind !== 'op';
    const given = this.givenWords([...preset, ...words], isMember);
    const typed = this.args(params, given.rest, !isMember);
    this.typed = Object.keys(typed);
    const args = { ...startWith(params, this.behind), ...typed };
    if (!isMember) return { kind: 'op', op: type, args };
    return { kind: 'layer', type, args, ...given.words };
  }

  /** `as name` and `x4`, wherever they stand. */
  private givenWords(words: readonly string[], isMember: boolean) {
    const rest: string[] = [];
    let name: string | undefined;
    let repeat: Argument | undefined;
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!;
      const times = /^(?:x(?=\d)|×)(.+)$/.exec(word)?.[1];
      if (word === 'as') {
        name = words[++i];
        const fault = name === undefined ? 'a name behind "as"' : nameFault(name, 'member');
        if (fault !== undefined) refuse(fault, name === undefined ? 'nothing' : `"${name}"`, 'Write as encoder, for example.');
      } else if (times !== undefined && !/^\d+x\d/.test(times)) repeat = this.value('repeats', REPEATS, times);
      else rest.push(word);
    }
    if (!isMember && name !== undefined) refuse('a layer or a class before "as"', this.entry.title, 'An op has no name: leave "as" out.');
    if (!isMember && repeat !== undefined) refuse('a layer or a class to repeat', this.entry.title, 'Make a class of what repeats.');
    return { rest, words: { ...(name === undefined ? {} : { name }), ...(repeat === undefined ? {} : { repeat }) } };
  }

  private args(params: ParamSpecs, words: readonly string[], mayNameNodes: boolean): Record<string, Argument> {
    const args: Record<string, Argument> = {};
    const places = [...positionalOf(params)];
    /** What was given without a name, as it was typed. */
    const said: Record<string, string> = {};
    for (const word of words) {
      const named = /^([A-Za-z_]\w*)=(.*)$/s.exec(word);
      const node = mayNameNodes && !this.fields.includes(word) ? this.nodeCalled(word) : undefined;
      if (named) this.setNamed(args, params, named[1]!, named[2]!);
      else if (node !== undefined && (places.length === 0 || params[places[0]!]?.kind !== 'text')) this.also.push(node);
      else {
        const place = places.find((each) => args[each] === undefined);
        // Lengths without commas: where nothing else is to come they go on with the list.
        const list = place === undefined ? places.at(-1) : undefined;
        if (place !== undefined) args[place] = this.value(place, params[place]!, (said[place] = word))!;
        else if (list !== undefined && said[list] !== undefined && params[list]!.kind === 'ints' && /^-?\d+$/.test(word))
          args[list] = this.value(list, params[list]!, (said[list] += `, ${word}`))!;
        else this.tooMany(params, word, mayNameNodes);
      }
    }
    return args;
  }

  private setNamed(args: Record<string, Argument>, params: ParamSpecs, name: string, text: string): void {
    const camel = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    const key = Object.hasOwn(params, name) ? name : camel;
    const spec = Object.hasOwn(params, key) ? params[key] : undefined;
    const names = Object.keys(params);
    if (!spec)
      refuse(
        names.length === 0 ? `no arguments for ${this.entry.title}` : `an argument among ${names.join(', ')}`,
        `"${name}"`,
        'Write one of them.',
      );
    const value = this.value(key, spec!, text);
    if (value === undefined) refuse(`a value behind ${name}=`, 'nothing', `Write ${name}=8, for example.`);
    args[key] = value!;
  }

  private tooMany(params: ParamSpecs, word: string, mayNameNodes: boolean): never {
    const names = positionalOf(params);
    const takes = names.length === 0 ? 'no values' : names.length > 4 ? `at most ${names.length} values` : `only ${names.join(', ')}`;
    const next = mayNameNodes ? 'Leave it out, or name a node to take as a further input.' : 'Leave it out.';
    refuse(`${takes} for ${this.entry.title}`, `"${word}"`, next);
  }

  /** The node of this name that was added last. */
  private nodeCalled(name: string): NodeId | undefined {
    if (!/^[A-Za-z_][\w.]*$/.test(name)) return undefined;
    graphOf(this.openClass);
    return Object.values(this.openClass.nodes).findLast((node) => node.kind !== 'output' && nodeName(this.openClass, node) === name)?.id;
  }

  private value(name: string, spec: ParamSpec, word: string): Argument | undefined {
    const sizes =
      spec.kind === 'ints' || spec.kind === 'padding' ? word.replace(/^\d+([x×]\d+)+$/, (text) => text.replaceAll(/[x×]/g, ', ')) : word;
    const text = spec.kind === 'text' ? unwrap(sizes) : sizes;
    const reading = readArgument(name, spec, spec.kind === 'choice' ? choiceFor(spec, text) : text);
    if (!reading.ok) throw new Misread(reading.message);
    const unknown = unknownNames(reading.value, this.fields);
    if (unknown.length > 0) {
      const known = this.fields.length === 0 ? 'this class has none' : `there are ${this.fields.join(', ')}`;
      refuse(`a field for ${name} (${known})`, `"${unknown[0]}"`, `Add it first: field ${unknown[0]} 64.`);
    }
    return isWindow(spec) && typeof reading.value === 'number' ? onEachAxis(spec, reading.value, spatialAxes(this.behind)) : reading.value;
  }

  private input(words: readonly string[]): Addition {
    const [first, ...others] = words;
    const name = first !== undefined && /^[A-Za-z_]\w*$/.test(first) && !first.includes(',') ? first : undefined;
    const rest = name === undefined ? words : others;
    const dtype = DTYPES.find((each) => each === rest.at(-1));
    const shapeText = (dtype === undefined ? rest : rest.slice(0, -1)).join(' ');
    const fault = name === undefined ? undefined : nameFault(name, 'input');
    if (fault !== undefined) refuse(fault, `"${name}"`, 'Write input x batch,4, for example.');
    const shape = shapeText === '' ? undefined : readShape(shapeText.replaceAll(/\s*,\s*|\s+/g, ', '), this.fields);
    if (shape && !shape.ok) throw new Misread(shape.message);
    return {
      kind: 'input',
      ...(name === undefined ? {} : { name }),
      ...(shape ? { shape: shape.shape } : {}),
      ...(dtype === undefined ? {} : { dtype }),
    };
  }

  private output([name, ...rest]: readonly string[]): Addition {
    const fault = name === undefined ? undefined : nameFault(name, 'output');
    if (fault !== undefined) refuse(fault, `"${name}"`, 'Write output y, for example.');
    if (rest.length > 0) refuse('one name for the output', `"${rest.join(' ')}" behind it`, 'Leave it out.');
    return { kind: 'output', ...(name === undefined ? {} : { name }) };
  }

  private field([name = '', ...rest]: readonly string[]): Field {
    const fault = nameFault(name, 'field');
    if (fault !== undefined) refuse(fault, name === '' ? 'nothing' : `"${name}"`, 'Write field width 64, for example.');
    const text = rest.join(' ').replace(/^=\s*/, '');
    if (text === '') return { name, type: 'int' };
    if (text === 'true' || text === 'false') return { name, type: 'bool', default: text === 'true' };
    const number = Number(text);
    if (Number.isNaN(number)) return { name, type: 'text', default: unwrap(text) };
    return { name, type: Number.isInteger(number) && !/[.e]/i.test(text) ? 'int' : 'float', default: number };
  }

  private newClass([className = '', ...words]: readonly string[]): Addition {
    const fault = nameFault(className, 'class');
    if (fault !== undefined) refuse(fault, className === '' ? 'nothing' : `"${className}"`, 'Write class Block, for example.');
    const { rest, words: given } = this.givenWords(words, true);
    const args: Record<string, Argument> = {};
    for (const word of rest) {
      const [, name, text] =
        /^([A-Za-z_]\w*)=(.+)$/s.exec(word) ??
        refuse('name=value for a field of the new class', `"${word}"`, 'Write width=64, for example.');
      args[name!] = this.anyValue(name!, text!);
    }
    return { kind: 'class', className, args, ...given };
  }

  /** A value whose kind nothing says: a number, true or false, an expression over the fields, else a text. */
  private anyValue(name: string, text: string): Argument {
    if (text === 'true' || text === 'false') return text === 'true';
    if (!Number.isNaN(Number(text))) return Number(text);
    if (!parseExpression(text).ok) return unwrap(text);
    return this.value(name, ANY_NUMBER, text)!;
  }
}

const DTYPES: readonly InputNode['dtype'][] = ['float32', 'int32', 'bool'];
const REPEATS: ParamSpec = { kind: 'int', doc: '', nullable: false, default: undefined, min: 0 };
const ANY_NUMBER: ParamSpec = { kind: 'float', doc: '', nullable: false, default: undefined };

/** The one choice that begins so, in any case: GRU for GRUCell. */
function choiceFor({ choices = [] }: ParamSpec, text: string): string {
  const found = choices.filter((each) => typeof each === 'string' && each.toLowerCase().startsWith(text.toLowerCase()));
  return found.length === 1 && typeof found[0] === 'string' ? found[0] : text;
}

/** The fields of a class as parameters of those who use it. */
export function fieldParams(fields: readonly Field[]): ParamSpecs {
  return Object.fromEntries(
    fields.map(({ name, type: kind, doc = `A field of type ${kind}.`, default: value }) => [
      name,
      { kind, doc, default: value, nullable: false },
    ]),
  );
}

function unwrap(text: string): string {
  return /^(["']).*\1$|^\[.*\]$/s.test(text) ? text.slice(1, -1) : text;
}

function readConstant(text: string): JsonValue {
  if (text === '') return 1;
  try {
    const value = JSON.parse(text.replaceAll('(', '[').replaceAll(')', ']')) as JsonValue;
    if (holdsNumbers(value)) return value;
  } catch {
    // told below
  }
  return refuse('a number or lists of numbers', `"${text}"`, 'Write constant 2, or constant [1, 2].');
}

function holdsNumbers(value: JsonValue): boolean {
  return Array.isArray(value) ? value.every((each: JsonValue) => holdsNumbers(each)) : typeof value === 'number' && !isExpression(value);
}
