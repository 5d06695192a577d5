import { describe, expect, it } from 'vitest';
import { addMember, renameMember } from '../../document/edits/members.ts';
import { addOp, setInput } from '../../document/edits/nodes.ts';
import { setAttributesWhere, setMode } from '../../document/edits/settings.ts';
import { newDocument } from '../../document/new-document.ts';
import { connect } from '../../document/edits/wires.ts';
import type { Arguments, ModelDocument } from '../../document/schema.ts';
import { oneNodeDocument } from '../../fixtures/one-node.ts';
import { registry } from '../../registry.gen.ts';
import { fillDefaults } from '../../spec/args.ts';
import type { Descriptor, Example } from '../../spec/define.ts';
import type { Args, ArgsOf, ParamSpecs } from '../../spec/params.ts';
import { example } from '../../test/examples.ts';
import { emitDocument } from '../emit-document.ts';

function codeOf(document: ModelDocument): string {
  const result = emitDocument(document, 'pytorch');
  if (!result.ok) throw new Error(result.problem.message);
  return result.code;
}

/** An input of that shape, and the given types in a row. */
function chain(shape: readonly (number | string)[], ...types: readonly (readonly [type: string, args?: Arguments])[]): ModelDocument {
  let document = setInput(newDocument(), 'c1', 'n1', { shape });
  let last = { node: 'n1', port: 'out' };
  for (const [type, args = {}] of types) {
    const added = /^[a-z]/.test(type)
      ? addOp(document, 'c1', { op: type, args, at: { x: 0, y: 0 } })
      : addMember(document, 'c1', { type, args, at: { x: 0, y: 0 } });
    document = connect(added.document, 'c1', last, { node: added.node, port: 'x' });
    last = { node: added.node, port: 'y' };
  }
  return connect(document, 'c1', last, { node: 'n2', port: 'in' });
}

/** What is written of the class, or why it is not. */
function written(type: string, descriptor: Descriptor, given: Example): string {
  const args = fillDefaults(descriptor.params, (given.args ?? {}) as Args) as ArgsOf<ParamSpecs>;
  const result = emitDocument(oneNodeDocument({ key: type, descriptor, example: given, args }), 'pytorch');
  if (!result.ok) return `refused: ${result.problem.message}`;
  const [, body = ''] = result.code.split('class Probe(nn.Module):\n');
  const [classLines = ''] = body.split('\n\n\n');
  return classLines
    .split('\n')
    .filter((line) => /self\.layer = | = |return/.test(line))
    .map((line) => line.trim())
    .join('\n');
}

describe('every layer and op', () => {
  it('is written as it was', async () => {
    const texts = Object.entries(registry as Readonly<Record<string, Descriptor>>).flatMap(([type, descriptor]) =>
      descriptor.examples.map((given, i) => `${type}, example ${i}\n${written(type, descriptor, given)}\n`),
    );
    await expect(texts.join('\n')).toMatchFileSnapshot('types.snapshot.txt');
  });
});

it('puts channels in front where a convolution needs them, and leaves them there for what works number by number', () => {
  const document = chain(
    ['batch', 8, 8, 3],
    ['Conv', { outFeatures: 4, kernelSize: [3, 3] }],
    ['relu'],
    ['maxPool', { window: [2, 2] }],
    ['flatten'],
  );
  const code = codeOf(document);
  expect(code.match(/movedim\(-1, 1\)/g)).toHaveLength(1);
  expect(code.match(/movedim\(1, -1\)/g)).toHaveLength(1);
  expect(code.indexOf('max_pool2d')).toBeLessThan(code.indexOf('movedim(1, -1)'));
});

it('gives each probe a place for hooks', () => {
  const code = codeOf(example('model'));
  expect(code).toMatch(/self\.\w+_probe = nn\.Identity\(\)/);
  expect(code).toMatch(/(\w+) = self\.\w+_probe\(\1\)/);
});

it('sets the modes of single Modules', () => {
  const dropped = chain(['batch', 4], ['Linear', { outFeatures: 3 }], ['Dropout', { rate: 0.5 }]);
  const document = setAttributesWhere(setMode(dropped, 'train'), { kind: 'type', type: 'Dropout' }, { deterministic: true });
  const code = codeOf(document);
  expect(code).toContain('model.train()\nfor module in model.modules():\n    if isinstance(module, nn.Dropout):\n        module.eval()\n');
});

describe('what PyTorch lacks', () => {
  const refused = (document: ModelDocument) => {
    const result = emitDocument(document, 'pytorch');
    return result.ok ? [] : result.refused!.map(({ place, reason }) => ({ node: place.node ?? place.setting, reason }));
  };

  it('is refused by node, all of it at once, and nothing is written', () => {
    const document = chain(
      ['batch', 6, 4],
      ['ConvTranspose', { outFeatures: 4, kernelSize: 4, strides: 2, padding: 'CIRCULAR' }],
      ['SpectralNorm', { outFeatures: 2 }],
    );
    const result = emitDocument(document, 'pytorch');
    expect(result).not.toHaveProperty('code');
    expect(result).toMatchObject({ ok: false, problem: { code: 'emit/refused', place: { class: 'c1' } } });
    expect(refused(document).map(({ reason }) => reason)).toEqual([
      'PyTorch has no transposed convolution that wraps around.',
      'There is no SpectralNorm for PyTorch.',
    ]);
  });

  it('are names of its own Modules', () => {
    const document = chain(['batch', 4], ['Linear', { outFeatures: 3 }]);
    const renamed = renameMember(document, 'c1', 'm1', 'half');
    expect(refused(renamed)).toEqual([{ node: 'n3', reason: 'PyTorch uses the name half itself: give it another.' }]);
  });

  it('are attributes of single Modules that are no modes', () => {
    const document = setAttributesWhere(chain(['batch', 4], ['LayerNorm']), { kind: 'everything' }, { epsilon: 0.1 });
    expect(refused(document)[0]!.reason).toBe('PyTorch has no epsilon to set: only modes and the rate of dropout can be set there.');
  });
});
