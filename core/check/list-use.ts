/** @file How a node uses a list: its items one after the other, all with the same inputs, or one of them. */
import type { CallNode, Member } from '../document/schema.ts';
import { findDescriptor } from '../registry.gen.ts';
import type { OpDescriptor, Rejection, TensorSpec } from '../spec/index.ts';
import { RejectionError } from '../spec/index.ts';

/** What puts the outputs of all items together. */
export interface Collecting {
  readonly descriptor: OpDescriptor;
  readonly args: { readonly inputs: number; readonly axis: number };
}

/** Stacked along a new first axis, or joined along the last one, by the op of that name. */
export function collectingOf(collect: NonNullable<CallNode['collect']>, count: number): Collecting {
  const descriptor = findDescriptor(collect) as OpDescriptor;
  return { descriptor, args: { inputs: count, axis: collect === 'stack' ? 0 : -1 } };
}

/** What all items together give, from what each gives; undefined where one is not known. @throws RejectionError where they do not fit. */
export function collectSpecs(collecting: Collecting, each: readonly (TensorSpec | undefined)[]): TensorSpec | undefined {
  const known = each.flatMap((spec) => (spec ? [spec] : []));
  if (known.length < each.length) return undefined;
  const inputs = Object.fromEntries(known.map((spec, i) => [`x${i}`, spec]));
  return collecting.descriptor.infer(inputs, collecting.args as never)['y'];
}

/** What is wrong with the way in which a node uses a member of so many items; null: a single Module. */
export function listUseFault({ collect, item }: CallNode, { name }: Pick<Member, 'name'>, repeat: number | null): Rejection | undefined {
  if (repeat === null && (collect !== undefined || item !== undefined))
    return { code: 'list/none', expected: `${name} to be a list`, got: 'a single Module', fix: `Repeat ${name}, or use it whole.` };
  if (repeat !== null && item !== undefined && item >= repeat)
    return {
      code: 'list/item',
      expected: `an item of ${name} below ${repeat}`,
      got: `${item}`,
      fix: 'Choose another item, or repeat it more often.',
    };
  if (repeat === 0 && collect !== undefined)
    return { code: 'list/empty', expected: `at least one item of ${name} to collect`, got: 'none', fix: `Repeat ${name} once or more.` };
  return undefined;
}

/** The same, for outputs of the items that do not fit together. */
export function collectFault(error: unknown): Rejection {
  if (!(error instanceof RejectionError)) throw error;
  const { expected, got } = error.rejection;
  return {
    code: 'list/collect',
    expected: `items that give ${expected.replace('of "x0"', 'of the first')}`,
    got,
    fix: 'Change what the items give, or how they are put together.',
  };
}
