/** @file Whether the data of the run settings fit the inputs of the root class, as far as that is known without reading them all. */
import { inputNodes, outputNodes } from '../document/order.ts';
import { problem, type Problem } from '../document/problem.ts';
import type { CsvSource, ModelDocument } from '../document/schema.ts';
import { formatShape } from '../spec/index.ts';
import type { Instance } from './instance.ts';

/** Texts of data files by name, where the caller has them. */
export type DataFiles = Readonly<Record<string, string>>;

/** Problems between run settings and the root. */
export function findDataProblems(document: ModelDocument, root: Instance, files: DataFiles): readonly Problem[] {
  const { source, loss } = document.run;
  const problems: Problem[] = [];
  if (source.kind === 'csv') problems.push(...findCsvProblems(root, source, source.text ?? own(files, source.file)));
  else {
    for (const input of inputNodes(root.class)) {
      if (root.nodes.get(input.id)?.outputs['out'] || input.shape !== null) continue;
      const words = { expected: 'a shape, such as (batch, 8)', got: 'none', fix: 'Declare the shape of the input.' };
      problems.push(problem('input/no-shape', { class: root.class.id, node: input.id }, `input ${input.name}`, words));
    }
  }
  if ((loss.kind === 'crossEntropy' || loss.kind === 'meanSquaredError') && source.kind !== 'csv') {
    const words = {
      expected: 'data with labels',
      got: `the source "${source.kind}"`,
      fix: 'Choose a CSV file as the source, or the loss "mean".',
    };
    problems.push(problem('loss/labels', {}, `loss ${loss.kind}`, words));
  }
  const [output] = outputNodes(root.class);
  const shape = output && root.outputs[output.name]?.shape;
  if (loss.kind === 'crossEntropy' && shape && shape.length !== 2) {
    const words = {
      expected: 'one row of class scores for each example, (batch, classes)',
      got: formatShape(shape),
      fix: 'Change the last layers, or the loss.',
    };
    problems.push(problem('loss/shape', { class: root.class.id, node: output.id }, `output ${output.name}`, words));
  }
  return problems;
}

function own(files: DataFiles, name: string): string | undefined {
  return Object.hasOwn(files, name) ? files[name] : undefined;
}

function findCsvProblems(root: Instance, source: CsvSource, text: string | undefined): readonly Problem[] {
  const inputs = inputNodes(root.class);
  const place = { class: root.class.id };
  if (inputs.length !== 1) {
    const words = { expected: 'one input for the features', got: `${inputs.length}`, fix: 'Leave one input, or choose another source.' };
    return [problem('data/inputs', place, `${source.file} for ${root.class.name}`, words)];
  }
  if (text === undefined) return [];
  const columns = readHeader(text);
  if (!columns.includes(source.label)) {
    const some = columns.length > 6 ? `${columns.slice(0, 6).join(', ')} … (${columns.length})` : columns.join(', ');
    const words = { expected: `a column among ${some}`, got: `"${source.label}"`, fix: 'Choose the column to predict.' };
    return [problem('data/label', {}, source.file, words)];
  }
  return checkFeatures(root, inputs[0]!, source, columns.length - 1);
}

function checkFeatures(
  root: Instance,
  input: ReturnType<typeof inputNodes>[number],
  source: CsvSource,
  features: number,
): readonly Problem[] {
  const declared = root.nodes.get(input.id)?.outputs['out'];
  const place = { class: root.class.id, node: input.id };
  const subject = `input ${input.name}`;
  const fix = `Declare the shape (batch, ${features}), or choose other data.`;
  if (input.dtype !== 'float32') {
    return [problem('data/dtype', place, subject, { expected: 'float32, as the features of a CSV file are', got: input.dtype, fix })];
  }
  if (!declared) {
    if (input.shape !== null) return [];
    return [problem('input/no-shape', place, subject, { expected: 'a shape', got: 'none', fix })];
  }
  const [rows, width] = declared.shape;
  if (declared.shape.length === 2 && typeof rows === 'string' && (width === features || typeof width === 'string')) return [];
  const expected = `(batch, ${features}), as ${source.file} has ${features} features`;
  return [problem('data/features', place, subject, { expected, got: formatShape(declared.shape), fix })];
}

/** The names in the first line of a CSV file. */
function readHeader(text: string): readonly string[] {
  const line = /^\uFEFF?([^\r\n]*)/.exec(text)?.[1] ?? '';
  return line.split(',').map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
}
