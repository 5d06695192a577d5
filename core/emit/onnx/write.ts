/** @file A graph with its weights as the bytes of an ONNX file. Field numbers are those of onnx/onnx.proto. */
import { own } from '../../document/find.ts';
import { ValueError } from '../../nnx/errors.ts';
import type { OnnxAttribute, OnnxValue } from '../../spec/onnx.ts';
import type { StoredTensor } from '../../weights/safetensors.ts';
import { DATA_TYPES, type Body, type Constant, type GraphNode, type WeightUse } from './graph.ts';
import type { OnnxModel } from './model.ts';
import { Message } from './protobuf.ts';
import { formWeight } from './weight-form.ts';

/** Of the operators. ONNX 1.15 brought it; runtimes of today run it. */
export const OPSET = 20;
/** Of the file. */
const IR_VERSION = 9;

/** @throws ValueError for a weight that is missing. */
export function writeOnnxModel(model: OnnxModel, weights: Readonly<Record<string, StoredTensor>>): Uint8Array {
  const graph = new Message();
  for (const node of model.nodes) graph.message(1, nodeMessage(node));
  graph.text(2, model.name);
  for (const [name, value] of model.initializers) graph.message(5, tensorMessage(name, value, weights));
  for (const value of model.inputs) graph.message(11, valueMessage(value));
  for (const value of model.outputs) graph.message(12, valueMessage(value));
  return new Message()
    .int(1, IR_VERSION)
    .text(2, 'Espalier')
    .message(7, graph)
    .message(8, new Message().text(1, '').int(2, OPSET))
    .toBytes();
}

function nodeMessage({ type, name, inputs, outputs, attributes, body }: GraphNode): Message {
  const message = new Message();
  for (const input of inputs) message.text(1, input);
  for (const output of outputs) message.text(2, output);
  message.text(3, name).text(4, type);
  for (const [attribute, value] of Object.entries(attributes)) message.message(5, attributeMessage(attribute, value));
  // 5: a graph.
  if (body) message.message(5, new Message().text(1, 'body').message(6, bodyMessage(body)).int(20, 5));
  return message;
}

function attributeMessage(name: string, value: OnnxAttribute): Message {
  const message = new Message().text(1, name);
  if (typeof value === 'number') return message.int(3, value).int(20, 2);
  if (typeof value === 'string') return message.text(4, value).int(20, 3);
  if ('float' in value) return message.float(2, value.float).int(20, 1);
  for (const each of value) message.int(8, each);
  return message.int(20, 7);
}

function bodyMessage({ nodes, inputs, outputs }: Body): Message {
  const message = new Message();
  for (const node of nodes) message.message(1, nodeMessage(node));
  message.text(2, 'step');
  for (const value of inputs) message.message(11, valueMessage(value));
  // A step gives the states and one slice more, all of them float32.
  for (const name of outputs) message.message(12, new Message().text(1, name).message(2, typeMessage('float32')));
  return message;
}

function valueMessage({ name, dtype, shape }: OnnxValue): Message {
  const dims = new Message();
  for (const dim of shape) {
    const length = new Message();
    if (typeof dim === 'number') length.int(1, dim);
    // A length that follows from others has no name here.
    else if (/^[A-Za-z_]\w*$/.test(dim)) length.text(2, dim);
    dims.message(1, length);
  }
  return new Message().text(1, name).message(2, typeMessage(dtype, dims));
}

function typeMessage(dtype: OnnxValue['dtype'], dims?: Message): Message {
  const tensor = new Message().int(1, DATA_TYPES[dtype]);
  if (dims) tensor.message(2, dims);
  return new Message().message(1, tensor);
}

function tensorMessage(name: string, value: Constant | WeightUse, weights: Readonly<Record<string, StoredTensor>>): Message {
  const { shape, dtype, numbers } = value.kind === 'constant' ? value : weightOf(value, weights);
  const message = new Message();
  for (const length of shape) message.int(1, length);
  message.int(2, DATA_TYPES[dtype]).text(8, name);
  return message.bytes(9, rawBytes(numbers, dtype));
}

function weightOf({ names, form }: WeightUse, weights: Readonly<Record<string, StoredTensor>>) {
  const found = names.flatMap((name) => own(weights, name) ?? [])[0];
  if (!found) throw new ValueError(`Expected the weight "${names[0]}" in the file, got none of that name. Take the weights of this model.`);
  const { shape, data } = formWeight(found.shape, found.data, form);
  const dtype = found.dtype === 'BOOL' ? 'bool' : /^[IU]/.test(found.dtype) ? 'int32' : 'float32';
  return { shape, dtype, numbers: data } as const;
}

function rawBytes(numbers: ArrayLike<number>, dtype: Constant['dtype']): Uint8Array {
  if (dtype === 'bool') return Uint8Array.from(numbers, (value) => (value === 0 ? 0 : 1));
  const size = dtype === 'int64' ? 8 : 4;
  const bytes = new Uint8Array(numbers.length * size);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < numbers.length; i++) {
    if (dtype === 'float32') view.setFloat32(4 * i, numbers[i]!, true);
    else if (dtype === 'int32') view.setInt32(4 * i, numbers[i]!, true);
    else view.setBigInt64(8 * i, BigInt(numbers[i]!), true);
  }
  return bytes;
}
