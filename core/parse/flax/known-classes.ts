/** @file What the parts of a class may ask about the other classes of the file. */
import type { ClassId, ModelClass } from '../../document/schema.ts';
import type { Statement } from '../python/syntax.ts';

export type ClassStatement = Extract<Statement, { kind: 'class' }>;
export type DefStatement = Extract<Statement, { kind: 'def' }>;

/** What others need to know of a class to make it and to call it. */
export interface ClassRead {
  readonly class: ModelClass;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export interface KnownClasses {
  has(name: string): boolean;
  /** @throws ReadFault */
  get(name: string, place: { readonly line: number }): ClassRead;
  /** One that was read. */
  byId(id: ClassId): ClassRead;
}
