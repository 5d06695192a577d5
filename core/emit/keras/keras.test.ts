import { expect, it } from 'vitest';
import { setAttributesWhere } from '../../document/edits/settings.ts';
import { addView } from '../../document/edits/views.ts';
import type { ModelDocument } from '../../document/schema.ts';
import { example } from '../../test/examples.ts';
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
