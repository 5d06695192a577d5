/** @file What would make a model fit its data: the loss for the labels, the shape of the input, the width of the last layer. One edit. */
import { setInput } from '../document/edits/nodes.ts';
import { setParam } from '../document/edits/params.ts';
import { setRun } from '../document/edits/run.ts';
import type { ModelDocument } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { findLoss } from '../registry.gen.ts';
import { numberIn, type Signs } from '../sources/table/cells.ts';
import { readColumns } from '../sources/table/columns.ts';
import { featureCount } from '../sources/table/features.ts';
import { isWords } from '../sources/table/words.ts';
import { tableOptions } from '../sources/table/options.ts';
import { findLabel } from '../sources/table/table.ts';
import { RunError } from '../spec/run-error.ts';
import { checkDocument } from './check-document.ts';
import type { DataFiles } from './data.ts';

export interface Fit {
  /** What would change, for a button: 'cross-entropy, input (batch, 4), 3 outputs'. */
  readonly label: string;
  readonly document: ModelDocument;
}

/** More different whole numbers than this are measurements, not classes. */
const MOST_CLASSES = 100;

/** The document with what fits its table; undefined where it has none, the table is not at hand, or all fits already. */
export function fitToData(document: ModelDocument, files: DataFiles): Fit | undefined {
  const { source } = document.run;
  if (source.type !== 'csv') return undefined;
  const options = tableOptions(source.args);
  const text = (options.asset === undefined ? undefined : files[options.asset]) ?? files[options.file];
  if (text === undefined) return undefined;
  try {
    const cut = readColumns(text, options.dialect);
    const labelAt = findLabel(cut, options.label);
    const label = cut.columns[labelAt]!;
    const features = featureCount(cut, labelAt, options);
    const classes = classCount(label.words, isWords(label, options.words), cut.dialect);
    return fitted(document, files, features, classes);
  } catch (error) {
    if (error instanceof RunError) return undefined; // the check says what is wrong with the table
    throw error;
  }
}

/** How many classes a label has; undefined where it holds numbers to predict. Words are counted, whole numbers from 0 by the largest. */
function classCount(words: readonly string[], areWords: boolean, signs: Signs): number | undefined {
  if (areWords) return words.length;
  const numbers = words.map((word) => numberIn(word, signs));
  const areClasses = numbers.length > 0 && numbers.length <= MOST_CLASSES && numbers.every((each) => Number.isInteger(each) && each >= 0);
  return areClasses ? Math.max(...numbers) + 1 : undefined;
}

function fitted(document: ModelDocument, files: DataFiles, features: number, classes: number | undefined): Fit | undefined {
  const { root } = checkDocument(document, { files });
  if (!root) return undefined;
  const graph = graphOf(root.class);
  const [input] = graph.inputs;
  const [output] = graph.outputs;
  const parts: string[] = [];
  let changed = document;
  const wanted = classes === undefined ? 'meanSquaredError' : 'crossEntropy';
  const compared = findLoss(document.run.loss.type)?.labels;
  // An autoencoder fits its input, whatever stands beside it in the table.
  if (compared === 'input') return undefined;
  if (compared !== (classes === undefined ? 'numbers' : 'classes')) {
    changed = setRun(changed, { loss: { type: wanted, args: {} } });
    parts.push(findLoss(wanted)!.title.toLowerCase());
  }
  const shape = input && root.nodes.get(input.id)?.outputs['out']?.shape;
  const size = shape?.slice(1).reduce<number>((product, length) => product * (typeof length === 'number' ? length : NaN), 1);
  if (input && size !== features) {
    changed = setInput(changed, root.class.id, input.id, { shape: ['batch', features] });
    parts.push(`input (batch, ${features})`);
  }
  // The layer that makes the output, where it is one of so many features.
  const last = output && graph.wireInto({ node: output.id, port: 'in' });
  const node = last && graph.node(last.from.node);
  const member = node?.kind === 'call' ? graph.behind(node.member) : undefined;
  const width = classes ?? 1;
  const outputs = member?.type === 'Linear' ? member.args['outFeatures'] : undefined;
  // More outputs than classes are never wrong; of a number there is one.
  if (member && typeof outputs === 'number' && (classes === undefined ? outputs !== 1 : outputs < width)) {
    changed = setParam(changed, root.class.id, { member: member.id }, 'outFeatures', width);
    parts.push(width === 1 ? '1 output' : `${width} outputs`);
  }
  return parts.length === 0 ? undefined : { label: parts.join(', '), document: changed };
}
