/** @file Small documents with a planted fault, and what the diagnoses say of them, by way of the engine. */
import type { DiagnosisReport } from '../diagnose/report.ts';
import { parseDocument } from '../document/parse.ts';
import type { JsonValue, ModelDocument } from '../document/schema.ts';
import { startInProcess } from './in-process.ts';

type Args = Readonly<Record<string, JsonValue>>;

/** A node of a planted document: `call` a layer type (or `class:id`) under the node's name, or an `op`. By default it takes what is above it. */
export interface PlantedNode {
  readonly call?: string;
  readonly op?: string;
  readonly constant?: JsonValue;
  readonly args?: Args;
  readonly repeat?: number;
  /** The member is made, and no node calls it. */
  readonly isIdle?: boolean;
  /** The member of another node, called again. */
  readonly member?: string;
  /** By input port the node whose value comes in, `node.port` where it has several. */
  readonly from?: Readonly<Record<string, string>> | string;
}

export interface PlantedClass {
  readonly name?: string;
  /** Of the input `x`. */
  readonly shape?: readonly (number | string)[];
  readonly dtype?: 'float32' | 'int32';
  /** By the id of the node, which is the name of the member, too. */
  readonly nodes: Readonly<Record<string, PlantedNode>>;
  /** By name the node; by default `y`, the last node. */
  readonly outputs?: Readonly<Record<string, string>>;
  readonly probes?: readonly { readonly kind: 'sow' | 'perturb'; readonly at: string; readonly name: string; readonly type?: string }[];
}

export interface Planted extends PlantedClass {
  readonly classes?: Readonly<Record<string, PlantedClass>>;
  readonly run?: Readonly<Record<string, unknown>>;
  readonly settings?: readonly unknown[];
  readonly views?: readonly unknown[];
}

const NO_FLOAT_INPUT: Readonly<Record<string, string>> = {
  add: 'a',
  subtract: 'a',
  multiply: 'a',
  divide: 'a',
  matmul: 'a',
  Embed: 'ids',
};

function classOf(id: string, planted: PlantedClass) {
  const { name = id, shape = ['batch', 8], dtype = 'float32', nodes, probes = [] } = planted;
  const ids = Object.keys(nodes);
  const { outputs = { y: ids.at(-1)! } } = planted;
  const wires: Record<string, unknown> = {};
  const wire = (from: string, to: string, port: string): void => {
    const [node = '', own] = from.split('.');
    const source = nodes[node];
    const out = own ?? (source && source.constant === undefined ? 'y' : 'out');
    wires[`w${Object.keys(wires).length}`] = { id: `w${Object.keys(wires).length}`, from: { node, port: out }, to: { node: to, port } };
  };
  const members: unknown[] = [];
  const made: Record<string, unknown> = {
    x: { id: 'x', kind: 'input', name: 'x', order: 0, shape, dtype },
  };
  for (const [i, node] of ids.entries()) {
    const { call, op, constant, args = {}, repeat, member, isIdle = false, from = ids[i - 1] ?? 'x' } = nodes[node]!;
    if (isIdle) delete made[node];
    else if (constant !== undefined) made[node] = { id: node, kind: 'constant', value: constant, dtype: 'float32' };
    else if (op !== undefined) made[node] = { id: node, kind: 'op', op, args };
    else made[node] = { id: node, kind: 'call', member: `m-${member ?? node}` };
    if (call !== undefined) members.push({ id: `m-${node}`, name: node, type: call, args, ...(repeat === undefined ? {} : { repeat }) });
    if (constant !== undefined || isIdle) continue;
    const given = typeof from === 'string' ? { [NO_FLOAT_INPUT[op ?? call ?? ''] ?? 'x']: from } : from;
    for (const [port, source] of Object.entries(given)) wire(source, node, port);
  }
  for (const [order, [output, from]] of Object.entries(outputs).entries()) {
    made[`out-${output}`] = { id: `out-${output}`, kind: 'output', name: output, order };
    wire(from, `out-${output}`, 'in');
  }
  return {
    id,
    name,
    doc: '',
    fields: [],
    members,
    nodes: made,
    wires,
    probes: probes.map(({ kind, at, name: probe, type }, i) => ({
      id: `p${i}`,
      at: { node: at, port: 'y' },
      kind,
      name: probe,
      variableType: type ?? (kind === 'sow' ? 'Intermediate' : 'Perturbation'),
    })),
    layout: {},
  };
}

/** The inputs are normal numbers, 32 rows, unless `run` says otherwise. @throws where the document cannot be read */
export function planted(document: Planted): ModelDocument {
  const { classes = {}, run = {}, settings = [], views = [] } = document;
  const all = { root: classOf('root', { name: 'Net', ...document }) };
  for (const [id, each] of Object.entries(classes)) Object.assign(all, { [id]: classOf(id, { ...each, name: each.name ?? id }) });
  const whole = {
    format: 'espalier',
    version: 4,
    name: 'planted',
    classes: all,
    root: { class: 'root', args: {} },
    settings,
    views,
    run: {
      seed: 0,
      source: { type: 'normal', args: { seed: 1 } },
      batchSize: 32,
      loss: { type: 'weightedSum', args: {} },
      optimizer: { type: 'adam', args: { learningRate: 0.003 } },
      steps: 30,
      ...run,
    },
  };
  const result = parseDocument(JSON.stringify(whole));
  if (!result.ok) throw new Error(result.refusals[0]!.message);
  return result.document;
}

export interface Asked {
  readonly task?: 'run' | 'train';
  /** The text of `table.csv`. */
  readonly table?: string;
  readonly assets?: Readonly<Record<string, string>>;
  readonly view?: string;
  readonly steps?: number;
}

/** What is said of a document, on the CPU, whether it runs to its end or not. */
export async function diagnosed(document: ModelDocument, asked: Asked = {}): Promise<DiagnosisReport> {
  const { task = 'run', table, assets = {}, view, steps = document.run.steps } = asked;
  const worker = startInProcess('cpu');
  const texts = { ...assets, ...(table === undefined ? {} : { 'table.csv': table }) };
  const request = worker.send(
    task === 'run'
      ? { kind: 'run', document, assets: texts, diagnose: true, ...(view === undefined ? {} : { view }) }
      : { kind: 'train', document, assets: texts, diagnose: true, steps, continueFrom: 'start' },
  );
  const answer = await request;
  const [said] = worker.said('diagnosed', request.id);
  worker.engine.dispose();
  if (said) return said.report;
  throw new Error(answer.kind === 'failed' ? answer.problem.message : `No diagnosis came before ${answer.kind}.`);
}

/** The place and evidence of what was found under a code. */
export function under({ diagnoses }: DiagnosisReport, code: string) {
  return diagnoses.filter((each) => each.code === code);
}

/** Where something was found under a code: `path node`. */
export function placesUnder(report: DiagnosisReport, code: string): readonly string[] {
  return under(report, code).map(({ path, node }) => `${path.join('.')} ${node ?? '-'}`.trim());
}

/** The codes of all errors and warnings. */
export function alarms({ diagnoses }: DiagnosisReport): readonly string[] {
  return diagnoses.filter(({ severity }) => severity !== 'note').map(({ code, message }) => `${code}: ${message}`);
}

/** A table of two features and a label from a rule, the same every time. */
export function tableOf(rows: number, row: (i: number, random: () => number) => readonly (number | string)[], header: string): string {
  let state = 12345;
  const random = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  return `${header}\n${Array.from({ length: rows }, (_, i) => row(i, random).join(',')).join('\n')}\n`;
}

/** The run settings of a table in `table.csv` with the label `label`. */
export function tableRun(more: Args = {}, run: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    source: { type: 'csv', args: { file: 'table.csv', label: 'label', scale: 1, testRows: 0, ...more } },
    loss: { type: 'crossEntropy', args: {} },
    ...run,
  };
}
