/** @file What stands where a Module cannot be built yet: of the same name, with what is known, so that the tree around it can be looked at. */
import { classIdOf } from '../document/find.ts';
import { Module } from '../nnx/module.ts';
import type { MadeMember } from '../program/class-program.ts';

/**
 * A Module that filters take for one of the member's type, with the plain arguments that are known as attributes. It holds no Variable and
 * cannot be called.
 */
export function standIn({ member, args }: MadeMember): Module {
  const name = classIdOf(member.type) ?? member.type;
  const type = class extends Module {
    static override readonly typeName: string = name;
  };
  const module = new type();
  // Defined, not assigned: a type that is not known may have arguments of any name.
  for (const [key, value] of Object.entries(args))
    if (isPlain(value)) Object.defineProperty(module, key, { value, writable: true, enumerable: true, configurable: true });
  return module;
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string';
}
