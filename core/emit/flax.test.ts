import { describe, expect, it } from 'vitest';
import { addClass, setClassDoc, setRootArgs } from '../document/edits/classes.ts';
import { addField } from '../document/edits/fields.ts';
import { addAlias, addCall, addMember, setRepeat } from '../document/edits/members.ts';
import { addConstant, addInput, addOp, addOutput, removeNodes, renamePort } from '../document/edits/nodes.ts';
import { setProbe } from '../document/edits/probes.ts';
import { setRun } from '../document/edits/run.ts';
import { setAttributesWhere, setMode } from '../document/edits/settings.ts';
import { addView } from '../document/edits/views.ts';
import { connect } from '../document/edits/wires.ts';
import { asFilter } from '../document/query/query.ts';
import { parseQuery } from '../document/query/parse.ts';
import { newDocument } from '../document/new-document.ts';
import type { Arguments, ModelDocument } from '../document/schema.ts';
import { EXAMPLES, example, exampleText } from '../test/examples.ts';
import { emitDocument, emitText } from './emit-document.ts';
import { writeFilter, writeFilters } from './flax/filter.ts';
import { emitFlax } from './flax/flax.ts';
import { writeFloat } from './python/literal.ts';
import { writeText } from './python/text.ts';

const at = { x: 264, y: 0 };
const port = (node: string, name: string) => ({ node, port: name });

/** x (batch, 2) → the given types in a row → y. Nodes are n3, n4 …, members m1, m2 … */
function chain(...types: readonly (readonly [type: string, args?: Arguments])[]): ModelDocument {
  let document = newDocument();
  let last = port('n1', 'out');
  for (const [type, args = {}] of types) {
    const isOp = /^[a-z]/.test(type);
    const added = isOp ? addOp(document, 'c1', { op: type, args, at }) : addMember(document, 'c1', { type, args, at });
    document = connect(added.document, 'c1', last, port(added.node, 'x'));
    last = port(added.node, 'y');
  }
  return connect(document, 'c1', last, port('n2', 'in'));
}

/** The lines of the classes and of the building code, without the head and what runs when the file itself is run. */
function linesOf(document: ModelDocument): readonly string[] {
  const code = emitFlax(document);
  const [before = ''] = code.split("\n\n\nif __name__ == '__main__':");
  return (/jnp\./.test(before) ? before : before.replace('import jax.numpy as jnp\n', ''))
    .split('\n')
    .filter((line) => line.trim() !== '')
    .filter((line) => !line.startsWith('import jax') || line.includes('jnp'))
    .slice(1);
}

/** Lines of the code of one kind, trimmed. */
function find(document: ModelDocument, pattern: RegExp): readonly string[] {
  return linesOf(document)
    .map((line) => line.trim())
    .filter((line) => pattern.test(line));
}

it('writes the Model of the page as the page does, with the probes', () => {
  expect(emitFlax(example('model'))).toBe(`# Model. Written by Espalier for Flax 0.12.8 (pip install flax==0.12.8).
import jax
import jax.numpy as jnp
from flax import nnx


def capturing(module: nnx.Module, *kinds: type[nnx.Variable]) -> bool:
    """Whether nnx.capture collects values of these kinds: else sow and perturb would leave them on the module."""
    return len(nnx.state(module, nnx.Any(*kinds))) > 0


class Model(nnx.Module):
    """Two linear layers with a ReLU between them: the first model of the Flax NNX page."""

    def __init__(self, *, rngs: nnx.Rngs):
        self.linear1 = nnx.Linear(2, 3, rngs=rngs)
        self.linear2 = nnx.Linear(3, 4, rngs=rngs)

    def __call__(self, x: jax.Array) -> jax.Array:
        captured = capturing(self, nnx.Intermediate, nnx.Perturbation)
        hidden = self.linear1(x)
        if captured:
            hidden = self.perturb('hidden', hidden)
            self.sow(nnx.Intermediate, 'hidden', hidden)
        active = nnx.relu(hidden)
        if captured:
            active = self.perturb('active', active)
            self.sow(nnx.Intermediate, 'active', active)
        y = self.linear2(active)
        if captured:
            y = self.perturb('logits', y)
            self.sow(nnx.Intermediate, 'logits', y)
        return y


model = Model(rngs=nnx.Rngs(0))


if __name__ == '__main__':
    x = jnp.zeros((1, 2))
    print(model(x).shape)
`);
});

it.each(EXAMPLES)('has code for the example %s, from its text, too', (name) => {
  expect(emitText(exampleText(name), 'flax')).toBe(emitFlax(example(name)));
});

describe('classes', () => {
  it('come before those that use them, with fields as parameters and expressions as written', () => {
    const lines = linesOf(example('block'));
    expect(lines.filter((line) => line.startsWith('class'))).toEqual(['class SubModule(nnx.Module):', 'class Block(nnx.Module):']);
    expect(lines).toContain('    def __init__(self, din: int, dout: int, *, rngs: nnx.Rngs):');
    expect(lines).toContain('        self.submodule = SubModule(dout, dout, rngs=rngs)');
    expect(lines).toContain('model = Block(2, 5, rngs=nnx.Rngs(0))');
  });

  it('take fields without a default behind one with a default by name', () => {
    let document = chain(['relu']);
    document = addField(document, 'c1', { name: 'first', type: 'float' }).document;
    document = addField(document, 'c1', { name: 'second', type: 'bool', default: true }).document;
    document = addField(document, 'c1', { name: 'third', type: 'text' }).document;
    document = setRootArgs(document, { first: 1, second: false, third: "it's" });
    expect(find(document, /__init__/)).toEqual(['def __init__(self, first: float, *, second: bool = True, third: str):']);
    expect(find(document, /^model/)).toEqual([String.raw`model = Model(1.0, second=False, third='it\'s')`]);
  });

  it('keep the fields that the forward pass needs', () => {
    const document = addField(chain(['reshape', { shape: [-1, { $: '2 * halfWidth' }] }]), 'c1', {
      name: 'halfWidth',
      default: 1,
    }).document;
    expect(find(document, /half_width/)).toEqual([
      'def __init__(self, half_width: int = 1):',
      'self.half_width = half_width',
      'y = x.reshape((-1, 2 * self.half_width))',
    ]);
  });

  it('say in the docstring what the fields are', () => {
    const document = setClassDoc(
      addField(chain(['relu']), 'c1', { name: 'width', default: 2, doc: 'How wide.' }).document,
      'c1',
      'Does "it".\nAnd more.',
    );
    expect(linesOf(document).slice(2, 7)).toEqual([
      '    """Does "it".',
      '    And more.',
      '    Args:',
      '        width: How wide.',
      '    """',
    ]);
  });

  it('hold lists, shared references and repeated calls', () => {
    let document = setRepeat(chain(['Linear', { outFeatures: 2 }], ['Linear', { outFeatures: 2 }]), 'c1', 'm1', 3);
    const alias = addAlias(document, 'c1', 'm2', 'tiedHead');
    const again = addCall(alias.document, 'c1', alias.member, at);
    document = connect(again.document, 'c1', port('n4', 'y'), port(again.node, 'x'));
    document = connect(document, 'c1', port(again.node, 'y'), port('n2', 'in'));
    expect(
      linesOf(document)
        .slice(2, -1)
        .map((line) => line.trim()),
    ).toEqual([
      'def __init__(self, *, rngs: nnx.Rngs):',
      'self.linear = nnx.List([nnx.Linear(2, 2, rngs=rngs) for _ in range(3)])',
      'self.linear1 = nnx.Linear(2, 2, rngs=rngs)',
      'self.tied_head = self.linear1',
      'def __call__(self, x: jax.Array) -> jax.Array:',
      'for layer in self.linear:',
      'x = layer(x)',
      'linear1 = self.linear1(x)',
      'y = self.tied_head(linear1)',
      'return y',
    ]);
  });
});

describe('the forward pass', () => {
  /** x (batch, 3) → encoder → mu and spread, both outputs. */
  function encoder(input: string): ModelDocument {
    let document = renamePort(newDocument(), 'c1', 'n1', input);
    const names = ['encoder', 'toMu', 'toSpread'];
    for (const name of names) document = addMember(document, 'c1', { type: 'Linear', name, args: { outFeatures: 2 }, at }).document;
    document = addOutput(renamePort(document, 'c1', 'n2', 'mu'), 'c1', { name: 'spread', at }).document;
    const wires = [
      ['n1', 'out', 'n3', 'x'],
      ['n3', 'y', 'n4', 'x'],
      ['n3', 'y', 'n5', 'x'],
      ['n4', 'y', 'n2', 'in'],
      ['n5', 'y', 'n6', 'in'],
    ] as const;
    return wires.reduce((wired, [from, out, to, into]) => connect(wired, 'c1', port(from, out), port(to, into)), document);
  }

  it('keeps the names of inputs and outputs, and no name for ever (X9)', () => {
    expect(find(encoder('pixels'), / = self\.|return/)).toEqual([
      'encoder = self.encoder(pixels)',
      'mu = self.to_mu(encoder)',
      'spread = self.to_spread(encoder)',
      'return mu, spread',
    ]);
  });

  it('names what lives side by side after what makes it', () => {
    let document = encoder('x');
    const sum = addOp(document, 'c1', { op: 'add', at });
    document = connect(sum.document, 'c1', port('n4', 'y'), port(sum.node, 'a'));
    document = connect(document, 'c1', port('n5', 'y'), port(sum.node, 'b'));
    document = connect(removeNodes(document, 'c1', ['n6']), 'c1', port(sum.node, 'y'), port('n2', 'in'));
    expect(find(document, / = (self|to_)|return/)).toEqual([
      'encoder = self.encoder(x)',
      'to_mu = self.to_mu(encoder)',
      'to_spread = self.to_spread(encoder)',
      'mu = to_mu + to_spread',
      'return mu',
    ]);
  });

  it.each([
    ['add', 3, 'int32', 'y = x + 3'],
    ['multiply', 0.5, 'float32', 'y = x * 0.5'],
    ['power', 2, 'float32', 'y = x**2.0'],
    ['maximum', 0, 'int32', 'y = jnp.maximum(x, 0)'],
    ['power', 2, 'int32', 'y = x**constant'],
  ] as const)('writes the number that %s takes beside an array where it is used: %j', (op, value, dtype, line) => {
    const constant = addConstant(chain(['relu']), 'c1', { value, dtype, at });
    const node = addOp(constant.document, 'c1', { op, at });
    let document = connect(node.document, 'c1', port('n3', 'y'), port(node.node, 'a'));
    document = connect(document, 'c1', port(constant.node, 'out'), port(node.node, 'b'));
    document = connect(document, 'c1', port(node.node, 'y'), port('n2', 'in'));
    expect(find(document, /^y = /).at(-1)).toBe(line);
  });

  it('asks for a capture under a name that no input has', () => {
    const document = setProbe(renamePort(chain(['relu']), 'c1', 'n1', 'captured'), 'c1', { at: port('n3', 'y'), kind: 'sow' }).document;
    expect(find(document, /captur/).slice(2)).toEqual([
      'def __call__(self, captured: jax.Array) -> jax.Array:',
      'capture_runs = capturing(self, nnx.Intermediate)',
      'y = nnx.relu(captured)',
      'if capture_runs:',
    ]);
  });

  it('lets attention sow only inside a capture (X6)', () => {
    const added = addMember(newDocument(), 'c1', { type: 'MultiHeadAttention', args: { numHeads: 1, sowWeights: true }, at });
    const document = connect(connect(added.document, 'c1', port('n1', 'out'), port('n3', 'q')), 'c1', port('n3', 'y'), port('n2', 'in'));
    const source = emitFlax(document);
    expect(source).toContain('captured = capturing(self, nnx.Intermediate)');
    expect(source).toContain('sow_weights=captured)');
    expect(source).toContain('def capturing(');
  });

  it('hands a name on through activations and residuals only', () => {
    let document = chain(['Linear', { outFeatures: 2 }], ['relu']);
    const sum = addOp(document, 'c1', { op: 'add', at });
    document = connect(sum.document, 'c1', port('n1', 'out'), port(sum.node, 'a'));
    document = connect(document, 'c1', port('n4', 'y'), port(sum.node, 'b'));
    const last = addMember(document, 'c1', { type: 'Linear', args: { outFeatures: 3 }, at });
    document = connect(last.document, 'c1', port(sum.node, 'y'), port(last.node, 'x'));
    document = connect(document, 'c1', port(last.node, 'y'), port('n2', 'in'));
    expect(find(document, /^(linear|x|y|return)/)).toEqual([
      'linear = self.linear(x)',
      'linear = nnx.relu(linear)',
      'x = x + linear',
      'y = self.linear1(x)',
      'return y',
    ]);
  });

  it('takes and gives several values in their order', () => {
    let document = addInput(chain(['relu']), 'c1', { name: 'attentionMask', shape: ['batch', 2], at }).document;
    document = addOutput(document, 'c1', { name: 'aux', at }).document;
    document = connect(document, 'c1', port('n4', 'out'), port('n5', 'in'));
    expect(find(document, /__call__|return/)).toEqual([
      'def __call__(self, x: jax.Array, attention_mask: jax.Array) -> tuple[jax.Array, jax.Array]:',
      'return y, attention_mask',
    ]);
  });

  it('leaves out what leads nowhere, unless it is probed or called', () => {
    const side = addOp(chain(['relu']), 'c1', { op: 'tanh', at });
    const wired = connect(side.document, 'c1', port('n1', 'out'), port(side.node, 'x'));
    expect(find(wired, /tanh/)).toEqual([]);
    const probed = setProbe(wired, 'c1', { at: port(side.node, 'y'), kind: 'sow', name: 'lastTanh', variableType: 'Metric' }).document;
    expect(find(probed, /tanh/)).toEqual(['last_tanh = nnx.tanh(x)', "self.sow('Metric', 'last_tanh', last_tanh)"]);
    const called = addMember(wired, 'c1', { type: 'Dropout', args: { rate: 0.5 }, at });
    expect(find(connect(called.document, 'c1', port(side.node, 'y'), port(called.node, 'x')), /tanh|self\.dropout\(/)).toEqual([
      'x = nnx.tanh(x)',
      'self.dropout(x)',
    ]);
  });

  it('writes constants as arrays of their type', () => {
    const constant = addConstant(chain(['relu']), 'c1', { value: [1, -2.5], at });
    const product = addOp(constant.document, 'c1', { op: 'multiply', at });
    let document = connect(product.document, 'c1', port('n3', 'y'), port(product.node, 'a'));
    document = connect(document, 'c1', port(constant.node, 'out'), port(product.node, 'b'));
    document = connect(document, 'c1', port(product.node, 'y'), port('n2', 'in'));
    expect(find(document, /jnp/)).toEqual(['import jax.numpy as jnp', 'constant = jnp.array([1.0, -2.5])']);
  });

  it('hides no name of Python or of the code', () => {
    const sum = addOp(chain(['relu']), 'c1', { op: 'sum', at });
    let document = connect(sum.document, 'c1', port('n3', 'y'), port(sum.node, 'x'));
    const output = addOutput(document, 'c1', { name: 'sum', at });
    document = connect(output.document, 'c1', port(sum.node, 'y'), port(output.node, 'in'));
    expect(find(document, /jnp\.sum/)).toEqual(['sum2 = jnp.sum(y)']);
  });
});

describe('arguments', () => {
  it('leave defaults out and write values of every kind as Python', () => {
    const linear = { outFeatures: 3, useBias: false, kernelInit: { name: 'normal', stddev: 0.5 }, biasInit: 'zeros', dtype: 'float32' };
    const document = chain(['Linear', linear], ['BatchNorm', { momentum: 1, epsilon: 1e-7, scaleInit: { name: 'constant', value: 2 } }]);
    expect(linesOf(document).join('\n')).toContain('scale_init=nnx.initializers.constant(value=2.0)');
    expect(linesOf(document).join('\n')).toContain('momentum=1.0,');
    expect(linesOf(document).join('\n')).toContain('kernel_init=nnx.initializers.normal(stddev=0.5)');
    expect(linesOf(document).join('\n')).toContain('dtype=jnp.float32');
    expect(linesOf(document).join('\n')).not.toContain('bias_init');
  });

  it('of a long call stand on lines of their own', () => {
    const document = chain(['BatchNorm', { momentum: 0.5, epsilon: 0.125, useBias: false, useFastVariance: false, axis: 1 }]);
    expect(
      linesOf(document)
        .slice(3, 12)
        .map((line) => line.slice(8)),
    ).toEqual([
      'self.batch_norm = nnx.BatchNorm(',
      '    2,',
      '    axis=1,',
      '    momentum=0.5,',
      '    epsilon=0.125,',
      '    use_bias=False,',
      '    use_fast_variance=False,',
      '    rngs=rngs,',
      ')',
    ]);
  });

  it('are written so that Python reads the same', () => {
    expect([1, 0.1, 1e-7, 1e21, -3].map(writeFloat)).toEqual(['1.0', '0.1', '1e-7', '1e21', '-3.0']);
    expect(writeText('a\'b"c\\d\n')).toBe(String.raw`'a\'b"c\\d\n'`);
  });
});

describe('settings and views', () => {
  it('follow the model in their order', () => {
    let document = setAttributesWhere(
      setMode(example('block'), 'eval'),
      { kind: 'type', type: 'Dropout' },
      { deterministic: false, rate: 0.25 },
    );
    document = addView(document, {
      name: 'frozenNorm',
      only: { kind: 'type', type: 'BatchNorm' },
      attributes: { useRunningAverage: true },
    }).document;
    document = setRun(document, { seed: 42 });
    expect(find(document, /^model|nnx\.with_attributes/)).toEqual([
      'model = Block(2, 5, rngs=nnx.Rngs(42))',
      'model.eval()',
      'model.set_attributes(nnx.Dropout, deterministic=False, rate=0.25)',
      'evaluation = nnx.with_attributes(model, deterministic=True, use_running_average=True)',
      'frozen_norm = nnx.with_attributes(model, only=nnx.BatchNorm, use_running_average=True)',
    ]);
  });

  it.each([
    ['Dropout', ['nnx.Dropout']],
    ['...', []],
    ['nothing', ['False']],
    ['Block or BatchNorm', ['Block', 'nnx.BatchNorm']],
    ['Dropout and not path:dropOut', ["nnx.All(nnx.Dropout, nnx.Not(nnx.PathContains('drop_out')))"]],
    ['path:0', ['nnx.PathContains(0)']],
    ['path~hea', ["nnx.PathContains('hea', exact=False)"]],
    ['path~Norm', ["nnx.Any(nnx.PathContains('Norm', exact=False), nnx.PathContains('_norm', exact=False))"]],
    ['pathIn(subModule.linear1, (), blocks.0)', ["nnx.filterlib.PathIn(('sub_module', 'linear1'), (), ('blocks', 0))"]],
    ['tag:x', ["nnx.WithTag('x')"]],
  ])('write the filter %s', (text, filters) => {
    const parsed = parseQuery(text);
    const filter = parsed.ok ? asFilter(parsed.query) : undefined;
    if (!filter) throw new Error('The text is no filter.');
    expect(writeFilters(filter)).toEqual(filters);
    if (filters.length === 1) expect(writeFilter(filter)).toBe(filters[0]);
  });
});

describe('a document that is not sound', () => {
  it('is written as far as it is understood, with its problems at the top', () => {
    const dropped = addMember(chain(['MagicLayer'], ['relu']), 'c1', { type: 'Linear', args: { outFeatures: 3 }, at }).document;
    expect(
      emitFlax(dropped)
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual(
      expect.arrayContaining([
        '# Not complete, the model has problems:',
        '# - magicLayer: expected a known layer, got "MagicLayer".',
        '# - linear: expected a wire into "x", got none.',
        '# left out: magicLayer: expected a known layer, got "MagicLayer".',
        '# left out: relu: What comes in is left out.',
        '# left out: linear: expected a wire into "x", got none.',
        'pass',
        'return None',
      ]),
    );
  });

  it('has code even if it is cut off from its root, or contains itself', () => {
    const document = chain(['relu']);
    expect(emitDocument({ ...document, root: { class: 'c9', args: {} } }, 'flax').ok).toBe(true);
    const recursive = addMember(document, 'c1', { type: 'Linear', at }).document;
    const { members } = recursive.classes['c1']!;
    const looped = { ...recursive, classes: { c1: { ...recursive.classes['c1']!, members: [{ ...members[0]!, type: 'class:c1' }] } } };
    expect(emitDocument(looped, 'flax').ok).toBe(true);
    expect(() => emitText('{', 'flax')).toThrow('line 1, column 2');
  });

  it('says nothing of data that do not fit, nor of classes that are not used', () => {
    expect(emitFlax(setRun(chain(['relu']), { loss: { type: 'crossEntropy', args: {} } }))).not.toContain('problems');
    expect(emitFlax(addClass(chain(['relu'])).document)).not.toContain('problems');
  });
});
