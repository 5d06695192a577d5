/** @file What must grow as its input does: emission, the check, and reading a table, ten times the input over ten times the time. */
import { checkDocument } from '../check/check-document.ts';
import type { ModelDocument } from '../document/schema.ts';
import { emitDocument } from '../emit/emit-document.ts';
import { tableOptions } from '../sources/table/options.ts';
import { readTable } from '../sources/table/table.ts';
import { chain } from '../test/chain.ts';
import { type Benchmark, compare, milliseconds, result } from './measure.ts';

const LIMIT = 1.3;
const TIMES = 10;

/** Rows of eight numbers, a word and a class. What is asked twice for the same text is remembered: each call gives another. */
function table(rows: number): () => string {
  const words = ['red', 'green', 'blue'];
  const line = (row: number) =>
    [...Array.from({ length: 8 }, (_, k) => (Math.sin(row * 8 + k) * 100).toFixed(4)), words[row % 3], row % 4].join();
  const lines = Array.from({ length: rows }, (_, row) => line(row));
  let calls = 0;
  return () => [`a,b,c,d,e,f,g,h${calls++},colour,label`, ...lines].join('\n');
}

function read(text: string): void {
  const { rows } = readTable(text, tableOptions({ file: 'table.csv', label: 'label' }));
  if (rows === 0) throw new Error('The table has lost its rows.');
}

function emit(document: ModelDocument): void {
  // The index and the inference of a class are remembered by its identity: a new object is a new class.
  const classes = Object.fromEntries(Object.entries(document.classes).map(([id, each]) => [id, { ...each }]));
  const emitted = emitDocument({ ...document, classes }, 'flax');
  if (!emitted.ok) throw new Error(emitted.problem.message);
}

function check(document: ModelDocument): void {
  const classes = Object.fromEntries(Object.entries(document.classes).map(([id, each]) => [id, { ...each, nodes: { ...each.nodes } }]));
  checkDocument({ ...document, classes });
}

/** Time of one large over that of ten small: 1 if the work is linear. */
async function growth(name: string, backend: string, large: () => void, small: () => void): Promise<Benchmark> {
  const often = () => {
    for (let i = 0; i < TIMES; i++) small();
  };
  const { firstMs, secondMs, ratio } = await compare({ name: 'large', run: large }, { name: 'small', run: often }, 9);
  const detail = `one in ${milliseconds(firstMs)} against ten of a tenth in ${milliseconds(secondMs)}`;
  return result(`${name}: growth of the time per item`, backend, ratio, 'at most', LIMIT, detail);
}

export async function benchGrowthOfText(backend: string): Promise<Benchmark[]> {
  const [long, short] = [chain(10_000), chain(1_000)];
  const [tall, low] = [table(100_000), table(10_000)];
  return [
    await growth(
      'emit a chain of 1,000 and 10,000 members',
      backend,
      () => emit(long),
      () => emit(short),
    ),
    await growth(
      'check a chain of 1,000 and 10,000 members',
      backend,
      () => check(long),
      () => check(short),
    ),
    await growth(
      'read a table of 10,000 and 100,000 rows',
      backend,
      () => read(tall()),
      () => read(low()),
    ),
  ];
}
