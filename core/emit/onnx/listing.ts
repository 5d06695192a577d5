/** @file A graph of ONNX as text, to be read: what goes in, each node on a line, what comes out. The file itself is bytes. */
import { formatShape } from '../../spec/shape.ts';
import type { OnnxAttribute, OnnxValue } from '../../spec/onnx.ts';
import { commentText } from '../text.ts';
import type { Constant, GraphNode, WeightUse } from './graph.ts';
import type { OnnxModel } from './model.ts';
import { OPSET } from './write.ts';

/** Longer lists of numbers are not written out. */
const MAX_NUMBERS = 8;

export function listOnnx(model: OnnxModel): string {
  const { inputs, outputs, nodes, initializers } = model;
  const title = commentText(model.name);
  const lines = [
    `# ${title === '' ? 'A model' : title} as a graph of ONNX, opset ${OPSET}, in the mode for use.`,
    '# What is saved are the bytes of an .onnx file, with its weights inside.',
    '',
    `inputs   ${inputs.map(valueText).join(', ')}`,
    `outputs  ${outputs.map(valueText).join(', ')}`,
    '',
    ...nodes.flatMap((node) => nodeLines(node, initializers, '')),
  ];
  return `${lines.join('\n')}\n`;
}

const valueText = ({ name, dtype, shape }: OnnxValue): string => `${name}: ${dtype} ${formatShape(shape)}`;

function nodeLines(node: GraphNode, initializers: OnnxModel['initializers'], indent: string): readonly string[] {
  const { type, inputs, outputs, attributes, body } = node;
  const given = inputs.map((name) => inputText(name, initializers.get(name)));
  const said = Object.entries(attributes).map(([name, value]) => `${name}=${attributeText(value)}`);
  const line = `${indent}${outputs.join(', ')} = ${type}(${[...given, ...said].join(', ')})`;
  if (!body) return [line];
  const head = `${indent}  for each ${body.inputs.map(({ name }) => name).join(', ')}`;
  return [line, head, ...body.nodes.flatMap((each) => nodeLines(each, initializers, `${indent}    `))];
}

function inputText(name: string, value: Constant | WeightUse | undefined): string {
  if (name === '') return '-';
  if (value?.kind !== 'constant') return name;
  if (value.shape.length === 0) return String(value.numbers[0]);
  return value.numbers.length <= MAX_NUMBERS ? `[${value.numbers.join(', ')}]` : `${value.dtype} ${formatShape(value.shape)}`;
}

function attributeText(value: OnnxAttribute): string {
  if (typeof value === 'number' || typeof value === 'string') return String(value);
  return 'float' in value ? String(value.float) : `[${value.join(', ')}]`;
}
