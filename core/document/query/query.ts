/**
 * @file What the filter bar asks: NNX filters, and questions about what Modules hold, which a filter answers only once the model is known
 * (`resolveQuery`).
 */
import type { AttributeValue, FilterOf, PathFilter } from '../schema.ts';

export const COMPARISONS = ['<', '<=', '>', '>=', '='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Any one length. */
export const ANY_LENGTH = '*';
/** Any number of lengths. */
export const ANY_LENGTHS = '…';

export type QueryLeaf =
  /** The last part of a path; `exact: false`: text within it, in any case. */
  | { readonly kind: 'name'; readonly name: string; readonly exact: boolean }
  /** A shape of a Variable that a Module holds itself, or of what its calls give: lengths, names of axes, `ANY_LENGTH` and `ANY_LENGTHS`. */
  | { readonly kind: 'shape'; readonly lengths: readonly (number | string)[] }
  /** Elements of all Params at or below a Module. */
  | { readonly kind: 'params'; readonly op: Comparison; readonly count: number }
  /** An attribute that `setAttributes` finds; with `is`, of such a value. */
  | { readonly kind: 'attr'; readonly name: string; readonly is?: { readonly op: Comparison; readonly value: AttributeValue } }
  /** A Variable of a type, such as Param, that a Module holds itself. */
  | { readonly kind: 'var'; readonly type: string };

export type Query = FilterOf<QueryLeaf>;

/** The query as the NNX filter that it is; undefined where it asks what a filter does not say. */
export function asFilter(query: Query): PathFilter | undefined {
  switch (query.kind) {
    case 'any':
    case 'all': {
      const of = query.of.map(asFilter).filter((each) => each !== undefined);
      return of.length === query.of.length ? { kind: query.kind, of } : undefined;
    }
    case 'not': {
      const of = asFilter(query.of);
      return of && { kind: 'not', of };
    }
    case 'name':
    case 'shape':
    case 'params':
    case 'attr':
    case 'var':
      return undefined;
    default:
      return query;
  }
}
