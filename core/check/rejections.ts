/** @file Rejections that several parts of the inference word alike. */
import { registry } from '../registry.gen.ts';
import { editDistance, type Mend, type Rejection, type TensorSpec } from '../spec/index.ts';
import type { MaybeSpecs } from './instance.ts';

/** The words for a type that the registry does not list. */
export function unknownType(kind: 'layer' | 'op', type: string): Rejection {
  const fix = `Replace it, or open the document with a newer Espalier. It is kept as it is when you save.`;
  const near = nearestType(kind, type);
  const mends: readonly Mend[] = near === undefined ? [] : [{ kind: 'type', label: `Make it ${near}`, type: near }];
  return { code: 'type/unknown', expected: `a known ${kind}`, got: `"${type}"`, fix, ...(mends.length > 0 ? { mends } : {}) };
}

/** The type that is written almost so: `Liner`, or `batchnorm`. */
function nearestType(kind: 'layer' | 'op', type: string): string | undefined {
  const typed = type.toLowerCase();
  const most = typed.length < 4 ? 0 : typed.length < 7 ? 1 : 2;
  const near = Object.values<{ readonly type: string; readonly kind: string }>(registry).flatMap((each) => {
    const by = editDistance(each.type.toLowerCase(), typed);
    return each.kind === kind && by <= most ? [{ type: each.type, by }] : [];
  });
  return near.toSorted((a, b) => a.by - b.by)[0]?.type;
}

/** An argument that is given but not known is not missing. */
export function missingFiltered(problems: readonly Rejection[], given: readonly (string | undefined)[]): readonly Rejection[] {
  return problems.filter((each) => each.code !== 'param/missing' || !given.includes(each.param));
}

/** What is known of the inputs: what descriptors are asked with. */
export function knownOnly(specs: MaybeSpecs): Readonly<Record<string, TensorSpec>> {
  return Object.fromEntries(Object.entries(specs).filter((entry): entry is [string, TensorSpec] => entry[1] !== undefined));
}
