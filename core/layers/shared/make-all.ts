/** @file Making the children of a layer, all or none. */
import { dispose } from '../../nnx/dispose.ts';

type Made<M extends readonly (() => unknown)[]> = { readonly [K in keyof M]: ReturnType<M[K]> };

/** What the functions make, in their order. If one throws, as an initializer may, what was made before it is freed: nobody else could. */
export function makeAll<const M extends readonly (() => unknown)[]>(...makers: M): Made<M> {
  const made: unknown[] = [];
  try {
    for (const make of makers) made.push(make());
  } catch (error) {
    dispose(made);
    throw error;
  }
  return made as unknown as Made<M>;
}
