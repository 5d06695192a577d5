/** @file Pieces of Python source that the emitters of ops share. */
import type { EmitContext, OpEmitter } from '../../spec/emit.ts';

/** The import behind `jnp.`; every emitter that writes it asks for it. */
export const JNP = 'import jax.numpy as jnp';

/** `x`, `self.linear`, `nnx.relu(x)`, `x[0]` and numbers bind tighter than any operator; the rest goes into parentheses. */
export function operand(source: string): string {
  return isAtom(source) ? source : `(${source})`;
}

/** Whether the text can stand beside an operator or before a dot as it is. */
function isAtom(source: string): boolean {
  let depth = 0;
  for (const character of source) {
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    else if (depth === 0 && !/[\w.]/.test(character)) return false;
  }
  return true;
}

/** A name that can be written twice without computing anything twice. */
export function isName(source: string): boolean {
  return /^[A-Za-z_]\w*$/.test(source);
}

/** `name(a, b, axis=1)`, empty parts left out. */
export function pythonCall(name: string, ...parts: readonly string[]): string {
  return `${name}(${parts.filter((part) => part !== '').join(', ')})`;
}

/** Asks for the import that the first word of a dotted name needs. `nnx` is always there. */
export function useModuleOf(name: string, context: EmitContext): void {
  const module = name.slice(0, name.indexOf('.'));
  if (module === 'jnp') context.use(JNP);
  else if (module === 'jax' || module === 'optax') context.use(`import ${module}`);
}

/** A call of `name` with the inputs in port order and the parameters as keyword arguments, defaults left out. */
export function emitCall(name: string, options: Parameters<EmitContext['kwargs']>[0] = {}): OpEmitter {
  return (inputs, context) => {
    useModuleOf(name, context);
    return pythonCall(name, ...Object.values(inputs), context.kwargs(options));
  };
}

/** `a**b` without spaces between names and numbers, as black writes it. */
export function pythonPower(base: string, exponent: string): string {
  const isPlain = (source: string) => /^-?(?:\d[\w.]*|[A-Za-z_][\w.]*)$/.test(source);
  return isPlain(base) && isPlain(exponent) ? `${base}**${exponent}` : `${base} ** ${exponent}`;
}

/** `a + b`. */
export function emitOperator(symbol: string): OpEmitter {
  return (inputs) => Object.values(inputs).map(operand).join(` ${symbol} `);
}
