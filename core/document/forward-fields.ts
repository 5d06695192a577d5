/** @file The fields that a forward pass needs: they become attributes of the Module, in the live one and in code. */
import { expressionsIn } from './arguments.ts';
import { expressionNames } from './expression.ts';
import type { Field, ModelClass } from './schema.ts';

/** Fields that arguments of ops name, in the order of the fields. */
export function forwardFields({ fields, nodes }: Pick<ModelClass, 'fields' | 'nodes'>): readonly Field[] {
  const used = new Set(
    Object.values(nodes).flatMap((node) =>
      node.kind === 'op' ? Object.values(node.args).flatMap(expressionsIn).flatMap(expressionNames) : [],
    ),
  );
  return fields.filter((field) => used.has(field.name));
}
