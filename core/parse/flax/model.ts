/** @file The code behind the classes: which model is made, its settings, its views, and the main part. */
import type { Arguments, InputNode, ModelClass, PathFilter, Setting, View } from '../../document/schema.ts';
import { pythonName } from '../../emit/python/names.ts';
import { printPython } from '../python/print.ts';
import { refuse, type Expr, type Statement } from '../python/syntax.ts';
import { readClassArguments } from './class-arguments.ts';
import type { KnownClasses } from './known-classes.ts';
import { readAttributes, readFilter } from './filters.ts';
import { checkedName } from './names.ts';
import { dottedName } from './values.ts';

type ByPath<T> = T extends { readonly only: unknown } ? Omit<T, 'only'> & { readonly only: PathFilter } : T;

export interface ModelRead {
  root: { readonly class: ModelClass; readonly args: Arguments } | undefined;
  seed: number;
  readonly settings: ByPath<Setting>[];
  readonly views: ByPath<View>[];
  /** Of the root's inputs, as the main part makes them, by their name. */
  readonly inputs: Map<string, Pick<InputNode, 'shape' | 'dtype'>>;
}

/** @throws ReadFault */
export function readModel(classes: KnownClasses, statements: readonly Statement[]): ModelRead {
  const read: ModelRead = { root: undefined, seed: 0, settings: [], views: [], inputs: new Map() };
  let name = '';
  for (const statement of statements) {
    if (statement.kind === 'if') readMain(statement, read);
    else if (statement.kind === 'assign' && statement.target.kind === 'name' && statement.value.kind === 'call') {
      const { target, value } = statement;
      if (dottedName(value.of) === 'nnx.with_attributes' || dottedName(value.of) === 'nnx.view') readView(read, target.name, value, name);
      else if (read.root) refuse(statement, `There is a model already: ${target.name} would be another.`);
      else {
        const made = dottedName(value.of) ?? '';
        if (!classes.has(made))
          refuse(
            statement,
            `${printPython(value.of)} is no class of this file: expected a model such as \`model = Model(rngs=nnx.Rngs(0))\`.`,
          );
        const { class: modelClass } = classes.get(made, statement);
        read.root = { class: modelClass, args: readClassArguments(modelClass.fields, value, () => undefined) };
        read.seed = seedOf(value);
        ({ name } = target);
      }
    } else if (statement.kind === 'expression') readSetting(read, statement.value, name);
    else if (statement.kind !== 'pass') refuse(statement, 'Behind the classes stand the model, its settings and its views.');
  }
  return read;
}

function seedOf(call: Extract<Expr, { kind: 'call' }>): number {
  const rngs = call.named.find((each) => each.name === 'rngs')?.value;
  const [seed] = rngs?.kind === 'call' && dottedName(rngs.of) === 'nnx.Rngs' ? rngs.args : [];
  if (!rngs) return 0;
  return seed?.kind === 'number' && !seed.isFloat ? seed.value : refuse(rngs, 'Expected the seed as nnx.Rngs(0).');
}

function readView(read: ModelRead, target: string, { args, named, line }: Extract<Expr, { kind: 'call' }>, model: string): void {
  const [subject, ...more] = args;
  if (subject?.kind !== 'name' || subject.name !== model || model === '' || more.length > 0)
    refuse({ line }, 'A view is one of the model: nnx.with_attributes(model, only=…, …).');
  const only = named.find((each) => each.name === 'only');
  const attributes = readAttributes(named.filter((each) => each !== only));
  const name = checkedName(target, 'view', { line });
  read.views.push({ id: `v${read.views.length + 1}`, name, only: only ? readFilter(only.value) : { kind: 'everything' }, attributes });
}

function readSetting(read: ModelRead, value: Expr, model: string): void {
  if (value.kind === 'text') return;
  const word = value.kind === 'call' ? dottedName(value.of) : undefined;
  const id = `s${read.settings.length + 1}`;
  if (value.kind !== 'call' || word === undefined || model === '' || !word.startsWith(`${model}.`))
    refuse(value, `${printPython(value)} is not read: expected a setting such as model.eval().`);
  const method = word.slice(model.length + 1);
  if ((method === 'train' || method === 'eval') && value.args.length === 0 && value.named.length === 0)
    read.settings.push({ id, kind: method });
  else if (method === 'set_attributes') {
    const filters = value.args.map(readFilter);
    const only: PathFilter =
      filters.length === 0 ? { kind: 'everything' } : filters.length === 1 ? filters[0]! : { kind: 'any', of: filters };
    read.settings.push({ id, kind: 'set', only, attributes: readAttributes(value.named) });
  } else refuse(value, `${printPython(value)} is not read: expected train(), eval() or set_attributes(…).`);
}

/** What stands behind `if __name__ == '__main__':` tells the shapes of the inputs; what it prints is of no matter. */
function readMain(statement: Extract<Statement, { kind: 'if' }>, read: ModelRead): void {
  if (!/^__name__ == ["']__main__["']$/.test(printPython(statement.test)))
    refuse(statement, "Only `if __name__ == '__main__':` is read here.");
  for (const each of statement.body) {
    if (each.kind === 'pass' || (each.kind === 'expression' && each.value.kind === 'call' && dottedName(each.value.of) === 'print'))
      continue;
    const { value } = each as { value?: Expr | null };
    const made = each.kind === 'assign' && each.target.kind === 'name' && value?.kind === 'call' ? dottedName(value.of) : undefined;
    if (each.kind !== 'assign' || each.target.kind !== 'name' || value?.kind !== 'call' || (made !== 'jnp.zeros' && made !== 'jnp.ones'))
      refuse(each, 'The main part makes the inputs by jnp.zeros(…), and prints what the model gives: training has a script of its own.');
    const [shape] = value.args;
    const items = shape?.kind === 'tuple' || shape?.kind === 'list' ? shape.items : [];
    const lengths = items.map((item) =>
      item.kind === 'number' && !item.isFloat ? item.value : refuse(item, 'A shape is made of whole numbers.'),
    );
    const type = value.named.find((named) => named.name === 'dtype')?.value;
    const dtype = type
      ? dottedName(type)
          ?.replace(/^jnp\.(bool)_?$/, 'jnp.bool')
          .slice(4)
      : 'float32';
    if (!shape || (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool'))
      refuse(each, 'Expected a shape, and a type among jnp.float32, jnp.int32 and jnp.bool_.');
    read.inputs.set(each.target.name, { shape: lengths, dtype });
  }
}

/** The class with the shapes that the main part says; `one` is what a first length of 1 stands for. */
export function withInputs(modelClass: ModelClass, { inputs }: ModelRead, one: 'batch' | 1): ModelClass {
  const nodes = Object.entries(modelClass.nodes).map(([id, node]) => {
    const known = node.kind === 'input' ? inputs.get(pythonName(node.name)) : undefined;
    if (!known) return [id, node] as const;
    return [id, { ...node, ...known, shape: known.shape!.map((length, i) => (i === 0 && length === 1 ? one : length)) }] as const;
  });
  return { ...modelClass, nodes: Object.fromEntries(nodes) };
}
