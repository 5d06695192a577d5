/** @file An op as a call of its function in core: the inputs in the order of the ports, then the parameters, unless its descriptor says otherwise. */
import type { OpStep } from '../../program/compile-graph.ts';
import type { TypeScriptContext } from '../../spec/index.ts';

export function writeOp({ descriptor, node }: OpStep, inputs: Readonly<Record<string, string>>, context: TypeScriptContext): string {
  const entry = descriptor.emit.typescript ?? {};
  if (typeof entry === 'function') return entry(inputs, context);
  const { array = false, before = [], after = [], named = [], drop = [] } = entry;
  const values = Object.entries(inputs).flatMap(([port, value]) => (named.includes(port) ? [] : [value]));
  const more = named.flatMap((port) => (inputs[port] === undefined ? [] : [inputs[port] === port ? port : `${port}: ${inputs[port]}`]));
  const options = context.options({ drop: [...before, ...after, ...drop], more });
  const all = [
    ...before.map((name) => context.source(name)),
    ...(array ? [`[${values.join(', ')}]`] : values),
    ...after.map((name) => context.source(name)),
    options,
  ];
  return `${context.use('ops')}.${node.op}(${all.filter((part) => part !== '').join(', ')})`;
}
