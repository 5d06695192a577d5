/** @file Filters out of Flax's form: the way back from `emit/flax/filter.ts`. */
import type { AttributeValue, PathFilter, PathPart } from '../../document/schema.ts';
import { printPython } from '../python/print.ts';
import { refuse, type Expr, type Named } from '../python/syntax.ts';
import { ownName } from './names.ts';
import { dottedName } from './values.ts';

/** One filter. @throws ReadFault */
export function readFilter(expression: Expr): PathFilter {
  if (expression.kind === 'ellipsis' || (expression.kind === 'constant' && expression.value === true)) return { kind: 'everything' };
  if (expression.kind === 'constant') return { kind: 'nothing' };
  if (expression.kind === 'text') return { kind: 'tag', tag: expression.value };
  if (expression.kind === 'tuple' || expression.kind === 'list') return { kind: 'any', of: expression.items.map(readFilter) };
  const name = dottedName(expression.kind === 'call' ? expression.of : expression);
  if (expression.kind === 'name' || expression.kind === 'attribute') {
    if (name !== undefined && /^(?:nnx\.)?\w+$/.test(name)) return { kind: 'type', type: name.replace(/^nnx\./, '') };
  }
  const filter = expression.kind === 'call' ? readCall(name, expression) : undefined;
  return filter ?? refuse(expression, `${printPython(expression)} is no filter that is known here.`);
}

function readCall(name: string | undefined, { args, named }: Extract<Expr, { kind: 'call' }>): PathFilter | undefined {
  const [first] = args;
  const isAlone = args.length === 1 && named.length === 0;
  switch (name?.replace(/^nnx\.(?:filterlib\.)?/, '')) {
    case 'WithTag':
      return isAlone && first?.kind === 'text' ? { kind: 'tag', tag: first.value } : undefined;
    case 'OfType':
      return isAlone ? readFilter(first!) : undefined;
    case 'Not':
      return isAlone ? { kind: 'not', of: readFilter(first!) } : undefined;
    case 'Any': {
      const of = args.map(readFilter);
      return named.length > 0 ? undefined : (asOne(of) ?? { kind: 'any', of });
    }
    case 'All':
      return named.length > 0 ? undefined : { kind: 'all', of: args.map(readFilter) };
    case 'PathIn':
      return named.length > 0
        ? undefined
        : {
            kind: 'pathIn',
            paths: args.map((path) => (path.kind === 'tuple' || path.kind === 'list' ? path.items.map(readPart) : [readPart(path)])),
          };
    case 'PathContains': {
      const exact = named.find((each) => each.name === 'exact')?.value ?? args[1];
      if (!first || args.length > 2 || named.some((each) => each.name !== 'exact') || (exact && exact.kind !== 'constant'))
        return undefined;
      return { kind: 'path', contains: readPart(first), exact: !exact || (exact as { value: unknown }).value === true };
    }
    default:
      return undefined;
  }
}

/** A part of a name with a capital in front is written in two forms, which are one filter here. */
function asOne(of: readonly PathFilter[]): PathFilter | undefined {
  const [plain, inside] = of;
  if (of.length !== 2 || plain?.kind !== 'path' || inside?.kind !== 'path' || plain.exact || inside.exact) return undefined;
  const isOne = inside.contains === `_${String(plain.contains)}`;
  return isOne ? { ...plain, contains: ownName(String(inside.contains).replace(/^_/, 'a_')).slice(1) } : undefined;
}

function readPart(expression: Expr): PathPart {
  if (expression.kind === 'text') return ownName(expression.value);
  if (expression.kind === 'number' && !expression.isFloat) return expression.value;
  return refuse(expression, `${printPython(expression)} is no part of a path.`);
}

/** The attributes that are set, by name. @throws ReadFault */
export function readAttributes(named: readonly Named[]): Readonly<Record<string, AttributeValue>> {
  return Object.fromEntries(
    named.map(({ name, value, line }): [string, AttributeValue] => {
      const isPlain = value.kind === 'constant' || value.kind === 'number' || value.kind === 'text';
      return isPlain ? [ownName(name), value.value] : refuse({ line }, `${name}: expected True, False, None, a number or a text.`);
    }),
  );
}
