/** @file Not committed: keeps a scratch test of core/ops running until it is gone. Use `makeContext` of emit-context.ts. */
import type { EmitContext } from '../spec/index.ts';
import { makeContext, type ContextParts } from './emit-context.ts';
import { toSnakeCase } from '../nnx/names.ts';

export function pythonContext(
  parts: Pick<ContextParts, 'params' | 'args' | 'given' | 'usesRngs'>,
  { use }: { readonly use: (line: string) => void },
): EmitContext {
  return makeContext({ ...parts, use, field: toSnakeCase });
}
