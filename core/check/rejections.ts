/** @file Rejections that several parts of the inference word alike. */
import type { Rejection, TensorSpec } from '../spec/index.ts';
import type { MaybeSpecs } from './instance.ts';

/** The words for a type that the registry does not list. */
export function unknownType(kind: 'layer' | 'op', type: string): Rejection {
  const fix = `Replace it, or open the document with a newer Espalier. It is kept as it is when you save.`;
  return { code: 'type/unknown', expected: `a known ${kind}`, got: `"${type}"`, fix };
}

/** An argument that is given but not known is not missing. */
export function missingFiltered(problems: readonly Rejection[], given: readonly (string | undefined)[]): readonly Rejection[] {
  return problems.filter((each) => each.code !== 'param/missing' || !given.includes(each.param));
}

/** What is known of the inputs: what descriptors are asked with. */
export function knownOnly(specs: MaybeSpecs): Readonly<Record<string, TensorSpec>> {
  return Object.fromEntries(Object.entries(specs).filter((entry): entry is [string, TensorSpec] => entry[1] !== undefined));
}
