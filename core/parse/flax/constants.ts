/** @file Numbers and arrays that stand in the code. */
import type { ConstantNode, JsonValue } from '../../document/schema.ts';
import { printPython } from '../python/print.ts';
import { refuse, type Expr } from '../python/syntax.ts';
import { dottedName } from './values.ts';

type Constant = Pick<ConstantNode, 'value' | 'dtype'>;
type DataType = ConstantNode['dtype'];

/** A number, or `jnp.array([…])`; undefined for what is no constant. @throws ReadFault for an array of something else. */
export function readConstant(expression: Expr): Constant | undefined {
  if (expression.kind === 'number' || (expression.kind === 'constant' && expression.value !== null)) {
    const { value } = expression;
    return { value, dtype: typeof value === 'boolean' ? 'bool' : (expression as { isFloat?: boolean }).isFloat ? 'float32' : 'int32' };
  }
  if (expression.kind !== 'call' || dottedName(expression.of) !== 'jnp.array') return undefined;
  const [list] = expression.args;
  const types = new Set<DataType>();
  if (!list || expression.args.length > 1) refuse(expression, 'Expected jnp.array([…]) of numbers.');
  const value = valuesIn(list, types);
  let dtype: DataType = types.has('float32') ? 'float32' : types.has('int32') ? 'int32' : types.has('bool') ? 'bool' : 'float32';
  for (const named of expression.named) {
    const type =
      named.name === 'dtype'
        ? dottedName(named.value)
            ?.replace(/^jnp\.(bool)_?$/, 'jnp.bool')
            .slice(4)
        : undefined;
    if (type !== 'float32' && type !== 'int32' && type !== 'bool')
      refuse(named, `${named.name}=${printPython(named.value)} is not read: expected jnp.float32, jnp.int32 or jnp.bool_.`);
    dtype = type;
  }
  return { value, dtype };
}

function valuesIn(expression: Expr, types: Set<DataType>): JsonValue {
  if (expression.kind === 'list' || expression.kind === 'tuple') return expression.items.map((item) => valuesIn(item, types));
  if (expression.kind === 'number') {
    types.add(expression.isFloat ? 'float32' : 'int32');
    return expression.value;
  }
  if (expression.kind === 'constant' && expression.value !== null) {
    types.add('bool');
    return expression.value;
  }
  return refuse(expression, `${printPython(expression)} is no number.`);
}
