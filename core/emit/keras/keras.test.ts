import { describe, expect, it } from 'vitest';
import { setAttributesWhere } from '../../document/edits/settings.ts';
import { addView } from '../../document/edits/views.ts';
import type { ModelDocument } from '../../document/schema.ts';
import { oneNodeDocument } from '../../fixtures/one-node.ts';
import { registry } from '../../registry.gen.ts';
import { fillDefaults } from '../../spec/args.ts';
import type { Descriptor, Example } from '../../spec/define.ts';
import type { Args, ArgsOf, ParamSpecs } from '../../spec/params.ts';
import { example } from '../../test/examples.ts';
import { template } from '../../test/templates.ts';
import { emitDocument } from '../emit-document.ts';

function codeOf(document: ModelDocument): string {
  const result = emitDocument(document, 'keras');
  if (!result.ok) throw new Error(result.problem.message);
  return result.code;
}

/** The lines of the code of one kind, trimmed. */
function find(document: ModelDocument, pattern: RegExp): readonly string[] {
  return codeOf(document)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => pattern.test(line));
}

it('writes a class per class, with the flag of training where something in it follows the flag', () => {
  const code = codeOf(example('block'));
  expect(code).toContain(`class SubModule(layers.Layer):
    """Two linear layers with a ReLU between them.

    Args:
        din: Features of the input.
        dout: Features of the output.
    """

    def __init__(self, din: int, dout: int):
        super().__init__()
        self.linear1 = layers.Dense(dout, kernel_initializer='lecun_normal')
        self.linear2 = layers.Dense(dout, kernel_initializer='lecun_normal')

    def call(self, x):
        hidden = self.linear1(x)
        active = ops.relu(hidden)
        y = self.linear2(active)
        return y
`);
  expect(code).toContain(`    def call(self, x, training=False):
        hidden = self.linear(x)
        mixed = self.submodule(hidden)
        dropped = self.dropout(mixed, training=training)
        y = self.batch_norm(dropped, training=training)
        return y


keras.utils.set_random_seed(0)
model = Block(2, 5)
# Layers make their weights when they see what comes in.
model(keras.Input((2,)))


def evaluation(x):
    """The same weights in another mode."""
    return model(x, training=False)
`);
});

it('evaluates in any case what a setting has set to evaluation', () => {
  const only = { kind: 'path', contains: 'batchNorm', exact: true } as const;
  const document = setAttributesWhere(example('block'), only, { useRunningAverage: true });
  expect(find(document, /training=/)).toEqual([
    'def call(self, x, training=False):',
    'dropped = self.dropout(mixed, training=training)',
    'y = self.batch_norm(dropped, training=False)',
    'return model(x, training=False)',
  ]);
});

it('refuses a view that evaluates a part of the layers by its place', () => {
  const { document } = addView(example('block'), {
    name: 'half',
    only: { kind: 'type', type: 'Dropout' },
    attributes: { deterministic: true },
  });
  const result = emitDocument(document, 'keras');
  expect(result).toMatchObject({ ok: false, problem: { code: 'emit/refused' }, refused: [{ subject: 'half' }] });
});

/** What an example of a type is as code: the member and the forward pass, and the classes that Keras lacks by their names; or why not. */
function written(key: string, descriptor: Descriptor, given: Example): string {
  const args = fillDefaults(descriptor.params, (given.args ?? {}) as Args) as ArgsOf<ParamSpecs>;
  const result = emitDocument(oneNodeDocument({ key, descriptor, example: given, args }), 'keras');
  if (!result.ok) return `refused: ${(result.refused ?? []).map(({ reason }) => reason)[0]}`;
  const defined = [...result.code.matchAll(/^class (\w+)\((?:layers\.)?\w+\):$/gm)].map(([, name]) => `class ${name}`);
  const [, own = ''] = result.code.split('class Probe(keras.Model):');
  const lines = own
    .split('keras.utils.set_random_seed')[0]!
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^def |^super\(/.test(line));
  return [...defined, ...lines].join('\n');
}

describe('every layer and op', () => {
  it('is written as it was', async () => {
    const texts = Object.entries(registry as Readonly<Record<string, Descriptor>>).flatMap(([type, descriptor]) =>
      descriptor.examples.map((given, i) => `${type}, example ${i}\n${written(type, descriptor, given)}\n`),
    );
    await expect(texts.join('\n')).toMatchFileSnapshot('types.snapshot.txt');
  });
});

it('refuses by its member what Keras cannot do, with the reason', () => {
  const { norm } = { norm: registry.WeightNorm as Descriptor };
  const [given] = norm.examples;
  const args = fillDefaults(norm.params, given!.args as Args) as ArgsOf<ParamSpecs>;
  const result = emitDocument(oneNodeDocument({ key: 'WeightNorm', descriptor: norm, example: given!, args }), 'keras');
  expect(result).toMatchObject({
    ok: false,
    problem: { code: 'emit/refused', place: { class: 'probe', member: 'm' } },
    refused: [{ subject: 'layer', reason: 'A call of Keras cannot write the weights that it trains, as this layer does with its kernel.' }],
  });
});

it('writes a cell that Keras lacks once, and loads what it calls otherwise by a table', () => {
  const code = codeOf(template('gru-sequence'));
  expect(code.match(/^class GRUCell/gm)).toHaveLength(1);
  expect(codeOf(template('lstm-sequence'))).toContain(
    "layers.LSTMCell: {\n        'dense_i.kernel': 'kernel',\n        'dense_h.kernel': 'recurrent_kernel',\n        'dense_h.bias': 'bias',\n    },",
  );
});

it('gives a member another name where a layer of Keras has one of its own', () => {
  const renamed = JSON.parse(JSON.stringify(example('block')).replaceAll('"name":"submodule"', '"name":"layers"')) as ModelDocument;
  const code = codeOf(renamed);
  expect(code).toContain('self.layers_ = SubModule(dout, dout)');
  expect(code).toContain("Block: {'layers': 'layers_'},");
});
