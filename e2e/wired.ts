/** @file What a saved document says of its root class, for journeys that draw. */

interface Ref {
  readonly node: string;
  readonly port: string;
}

interface SavedClass {
  readonly members: readonly { readonly id: string; readonly name: string }[];
  readonly nodes: Readonly<
    Record<string, { readonly kind: string; readonly name?: string; readonly member?: string; readonly op?: string }>
  >;
  readonly wires: Readonly<Record<string, { readonly from: Ref; readonly to: Ref }>>;
  readonly layout: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
}

function rootOf(text: string): SavedClass {
  const { classes, root } = JSON.parse(text) as { classes: Record<string, SavedClass>; root: { class: string } };
  return classes[root.class]!;
}

function namesOf({ members, nodes }: SavedClass): ReadonlyMap<string, string> {
  const memberNames = new Map(members.map(({ id, name }) => [id, name]));
  return new Map(Object.entries(nodes).map(([id, { name, member, op }]) => [id, name ?? memberNames.get(member ?? '') ?? op ?? id]));
}

/** `linear1 relu.x`, for every wire, sorted. */
export function savedWires(text: string): readonly string[] {
  const model = rootOf(text);
  const names = namesOf(model);
  return Object.values(model.wires)
    .map(({ from, to }) => `${names.get(from.node)} ${names.get(to.node)}.${to.port}`)
    .sort();
}

/** Where nodes are, by their names. */
export function savedPlaces(text: string): ReadonlyMap<string, { readonly x: number; readonly y: number }> {
  const model = rootOf(text);
  const names = namesOf(model);
  return new Map(Object.entries(model.layout).map(([id, at]) => [names.get(id)!, at]));
}

interface Part {
  readonly id: string;
  readonly type: string;
  readonly args?: object;
}

/** A document of calls and ops, wired as `a b.x` says, without a place for any of them unless `layout` has one. */
export function drawn(
  parts: readonly Part[],
  wires: readonly string[],
  layout: Readonly<Record<string, { x: number; y: number }>> = {},
): string {
  const isOp = ({ type }: Part) => /^[a-z]/.test(type);
  const input = { id: 'x', kind: 'input', name: 'x', order: 0, shape: ['batch', 8], dtype: 'float32' };
  const output = { id: 'y', kind: 'output', name: 'y', order: 0 };
  const nodes = parts.map((part) =>
    isOp(part) ? { id: part.id, kind: 'op', op: part.type, args: part.args ?? {} } : { id: part.id, kind: 'call', member: `m-${part.id}` },
  );
  const root = {
    id: 'c1',
    name: 'Net',
    doc: '',
    fields: [],
    members: parts.filter((part) => !isOp(part)).map(({ id, type, args = {} }) => ({ id: `m-${id}`, name: id, type, args })),
    nodes: Object.fromEntries([input, output, ...nodes].map((node) => [node.id, node])),
    wires: Object.fromEntries(
      wires.map((wire, i) => {
        const [from = '', to = ''] = wire.split(' ');
        const [node = '', port = ''] = to.split('.');
        return [`w${i + 1}`, { id: `w${i + 1}`, from: { node: from, port: from === 'x' ? 'out' : 'y' }, to: { node, port } }];
      }),
    ),
    probes: [],
    layout,
  };
  const run = {
    seed: 0,
    source: { type: 'ones', args: {} },
    batchSize: 4,
    loss: { type: 'mean', args: {} },
    optimizer: { type: 'sgd', args: {} },
    steps: 10,
  };
  return JSON.stringify({
    format: 'espalier',
    version: 2,
    name: 'drawn',
    classes: { c1: root },
    root: { class: 'c1', args: {} },
    settings: [],
    views: [],
    run,
  });
}
