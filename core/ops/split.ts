import { knownLength } from '../spec/onnx.ts';
import { defineOp } from '../spec/define.ts';
import { addDims, divideDims, multiplyDims } from '../spec/dims.ts';
import { divisorUpTo, setTo, type Mend } from '../spec/mend.ts';
import { p } from '../spec/params.ts';
import { port } from '../spec/ports.ts';
import { reject } from '../spec/reject.ts';
import { type Dim, formatShape, type Shape } from '../spec/shape.ts';
import { tf } from '../tensor/tf.ts';
import { resolveAxis } from './shared/axes.ts';
import { numberedPorts } from './shared/many.ts';
import { read } from './shared/ports.ts';
import { emitCall } from './shared/python.ts';
import { kerasOps } from './shared/keras.ts';

/** A number of equal parts, or the places where the cuts are. */
export type Sections = number | readonly number[];

/** The parts of a tensor along an axis, in order. Port of jnp.split, with the last axis as the default. */
export function split(x: tf.Tensor, sections: Sections, { axis = -1 }: { readonly axis?: number } = {}): tf.Tensor[] {
  const at = resolveAxis(axis, x.shape);
  return tf.split(x, typeof sections === 'number' ? sections : (lengths(x.shape, at, sections) as number[]), at);
}

/** The length of each part. */
function lengths(shape: Shape, axis: number, sections: Sections): Dim[] {
  const length = shape[axis]!;
  if (typeof sections === 'number') {
    const part = divideDims(length, sections);
    if (part === undefined) return refuse(shape, axis, `a length of axis ${axis} that ${sections} divides`, divided(length, sections));
    return Array.from({ length: sections }, () => part);
  }
  const cuts: readonly Dim[] = [0, ...sections, length];
  const parts = cuts.slice(1).map((cut, i) => addDims(cut, multiplyDims(-1, cuts[i]!)));
  if (parts.some((part) => typeof part === 'number' && part < 0))
    return refuse(shape, axis, `cuts [${sections.join(', ')}] in ascending order within axis ${axis}`);
  return parts;
}

/** As many parts as there can be, up to those that were asked for. */
function divided(length: Dim, sections: number): readonly Mend[] {
  const parts = typeof length === 'number' ? divisorUpTo(sections, length) : 1;
  return parts > 1 ? [setTo('sections', parts)] : [];
}

function refuse(shape: Shape, axis: number, expected: string, mends: readonly Mend[] = []): never {
  return reject({
    code: 'shape/split',
    port: 'x',
    param: 'sections',
    expected,
    got: `${String(shape[axis])} in ${formatShape(shape)}`,
    fix: 'Change sections, or the length of the axis.',
    mends,
  });
}

const partsOf = (sections: Sections) => (typeof sections === 'number' ? sections : sections.length + 1);

export const splitOp = defineOp({
  type: 'split',
  family: 'shape',
  doc: 'Cuts a tensor into parts along an axis.',
  keywords: ['chunk', 'unstack', 'partition'],
  params: {
    sections: p.ints({ default: 2, maxCount: 1000, doc: 'How many equal parts, or a list of the places of the cuts.' }),
    axis: p.int({ default: -1, doc: 'The axis that is cut; -1 is the last.' }),
  },
  inputs: { x: port() },
  outputs: ({ sections }) => numberedPorts('y', partsOf(sections)),
  infer: (inputs, { sections, axis }) => {
    const x = read(inputs, 'x');
    const at = resolveAxis(axis, x.shape);
    const parts = lengths(x.shape, at, sections);
    return Object.fromEntries(parts.map((part, i) => [`y${i}`, { shape: x.shape.with(at, part), dtype: x.dtype }]));
  },
  apply: (inputs, { sections, axis }) => Object.fromEntries(split(read(inputs, 'x'), sections, { axis }).map((part, i) => [`y${i}`, part])),
  emit: {
    keras: (inputs, context) =>
      kerasOps(
        context,
        'split',
        read(inputs, 'x'),
        Array.isArray(context.args['sections']) ? `[${(context.args['sections'] as number[]).join(', ')}]` : context.source('sections'),
        `axis=${context.source('axis')}`,
      ),
    pytorch: {
      write: ({ x }, { args, source }) => {
        const { sections } = args;
        if (Array.isArray(sections)) return `torch.tensor_split(${x}, ${source('sections')}, dim=${source('axis')})`;
        return sections === 1 ? x! : `torch.tensor_split(${x}, ${source('sections')}, dim=${source('axis')})`;
      },
    },
    // Written out even where it is ours: jnp's own default axis is 0.
    flax: (inputs, context) => {
      const emit = emitCall('jnp.split', { drop: ['sections', 'axis'] });
      const [x, sections] = [read(inputs, 'x'), context.source('sections')];
      return emit({ x, sections, axis: `axis=${context.source('axis')}` }, context);
    },
    typescript: ({ x }, { args, source, use, options }) => {
      const rest = options({ drop: ['sections'] });
      const tensors = Array.from({ length: partsOf(args['sections'] as Sections) }, () => `${use('tf')}.Tensor`);
      return `${use('ops')}.split(${[x, source('sections'), rest].filter(Boolean).join(', ')}) as [${tensors.join(', ')}]`;
    },
  },
  onnx: ({ x }, context) => {
    const { args, outputs, nodes, ints } = context;
    const axis = resolveAxis(Number(args['axis']), x!.shape);
    const ports = Object.keys(outputs);
    const lengths = ports.map((port) => knownLength(outputs[port]!, axis, context));
    const parts = nodes('Split', [x!.name, ints(lengths)], ports.length, { axis });
    return Object.fromEntries(ports.map((port, i) => [port, parts[i]!]));
  },
  examples: [{ inputs: { x: { shape: [2, 4] } } }, { args: { sections: [1, 3], axis: 0 }, inputs: { x: { shape: [4, 2] } } }],
});
