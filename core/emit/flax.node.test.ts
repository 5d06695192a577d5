import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addMember, parseDocument, setAttributesWhere, setMode, setParam, setProbe, type ModelDocument } from '../document/index.ts';
import { emitFlax } from './flax.ts';

function example(name: string): ModelDocument {
  const parsed = parseDocument(readFileSync(`assets/examples/${name}.espalier`, 'utf8'));
  if (!parsed.ok) throw new Error(parsed.refusals.map((refusal) => refusal.message).join('\n'));
  return parsed.document;
}

describe('the examples', () => {
  it('writes the page’s Model as the page does', () => {
    expect(emitFlax(example('model'))).toMatchInlineSnapshot(`
      "# Model. Written by Espalier for Flax 0.12.8.
      from flax import nnx


      class Model(nnx.Module):
          """Two linear layers with a ReLU between them: the first model of the Flax NNX page."""

          def __init__(self, *, rngs: nnx.Rngs):
              self.linear1 = nnx.Linear(2, 3, rngs=rngs)
              self.linear2 = nnx.Linear(3, 4, rngs=rngs)

          def __call__(self, x):
              x = self.linear1(x)
              x = self.perturb('hidden', x)
              self.sow(nnx.Intermediate, 'hidden', x)
              x = nnx.relu(x)
              x = self.perturb('active', x)
              self.sow(nnx.Intermediate, 'active', x)
              x = self.linear2(x)
              x = self.perturb('logits', x)
              self.sow(nnx.Intermediate, 'logits', x)
              return x


      model = Model(rngs=nnx.Rngs(0))
      "
    `);
  });

  it('writes fields, nested classes and expressions', () => {
    expect(emitFlax(example('block'))).toMatchInlineSnapshot(`
      "# Block with SubModule. Written by Espalier for Flax 0.12.8.
      from flax import nnx


      class SubModule(nnx.Module):
          """Two linear layers with a ReLU between them."""

          def __init__(self, din: int, dout: int, *, rngs: nnx.Rngs):
              self.linear1 = nnx.Linear(din, dout, rngs=rngs)
              self.linear2 = nnx.Linear(dout, dout, rngs=rngs)

          def __call__(self, x):
              x = self.linear1(x)
              x = self.perturb('hidden', x)
              self.sow(nnx.Intermediate, 'hidden', x)
              x = nnx.relu(x)
              x = self.perturb('active', x)
              self.sow(nnx.Intermediate, 'active', x)
              x = self.linear2(x)
              x = self.perturb('out', x)
              self.sow(nnx.Intermediate, 'out', x)
              return x


      class Block(nnx.Module):
          """A linear layer, a module of its own, dropout and batch normalisation."""

          def __init__(self, din: int, dout: int, *, rngs: nnx.Rngs):
              self.linear = nnx.Linear(din, dout, rngs=rngs)
              self.submodule = SubModule(dout, dout, rngs=rngs)
              self.dropout = nnx.Dropout(0.5, rngs=rngs)
              self.batch_norm = nnx.BatchNorm(dout, rngs=rngs)

          def __call__(self, x):
              x = self.linear(x)
              x = self.perturb('hidden', x)
              self.sow(nnx.Intermediate, 'hidden', x)
              x = self.submodule(x)
              x = self.perturb('mixed', x)
              self.sow(nnx.Intermediate, 'mixed', x)
              x = self.dropout(x)
              x = self.perturb('dropped', x)
              self.sow(nnx.Intermediate, 'dropped', x)
              x = self.batch_norm(x)
              x = self.perturb('normed', x)
              self.sow(nnx.Intermediate, 'normed', x)
              return x


      model = Block(2, 5, rngs=nnx.Rngs(0))
      evaluation = nnx.with_attributes(model, deterministic=True, use_running_average=True)
      "
    `);
  });

  it('writes probes, perturb before sow', () => {
    expect(emitFlax(example('digits'))).toMatchInlineSnapshot(`
      "# Digits classifier. Written by Espalier for Flax 0.12.8.
      from flax import nnx


      class Classifier(nnx.Module):
          """Recognises hand-written digits of 8×8 pixels."""

          def __init__(self, *, rngs: nnx.Rngs):
              self.linear1 = nnx.Linear(64, 32, rngs=rngs)
              self.batch_norm = nnx.BatchNorm(32, rngs=rngs)
              self.dropout = nnx.Dropout(0.2, rngs=rngs)
              self.linear2 = nnx.Linear(32, 10, rngs=rngs)

          def __call__(self, x):
              x = self.linear1(x)
              x = self.perturb('hidden', x)
              self.sow(nnx.Intermediate, 'hidden', x)
              x = self.batch_norm(x)
              x = self.perturb('normed', x)
              self.sow(nnx.Intermediate, 'normed', x)
              x = nnx.relu(x)
              x = self.perturb('active', x)
              self.sow(nnx.Intermediate, 'active', x)
              x = self.dropout(x)
              x = self.perturb('dropped', x)
              self.sow(nnx.Intermediate, 'dropped', x)
              x = self.linear2(x)
              x = self.perturb('logits', x)
              self.sow(nnx.Intermediate, 'logits', x)
              return x


      model = Classifier(rngs=nnx.Rngs(0))
      "
    `);
  });
});

describe('settings', () => {
  it('writes train and eval, and setAttributes with its filter', () => {
    const document = setAttributesWhere(
      setMode(example('digits'), 'eval'),
      { kind: 'not', of: { kind: 'path', contains: 'head', exact: true } },
      { deterministic: false },
    );
    expect(emitFlax(document).split('\n').slice(-4, -1)).toEqual([
      'model = Classifier(rngs=nnx.Rngs(0))',
      'model.eval()',
      "model.set_attributes(nnx.Not(nnx.PathContains('head')), deterministic=False)",
    ]);
  });
});

describe('arguments', () => {
  it('leaves defaults out, keeps floats floats, and fills in what was inferred', () => {
    const classId = 'classifier';
    const document = example('digits');
    const [, member] = document.classes[classId]!.members;
    const changed = setParam(document, classId, { member: member!.id }, 'momentum', 1);
    expect(emitFlax(changed)).toContain('self.batch_norm = nnx.BatchNorm(32, momentum=1.0, rngs=rngs)');
    const inferred = setParam(document, classId, { member: 'm4' }, 'inFeatures', undefined);
    expect(emitFlax(inferred)).toContain('self.linear2 = nnx.Linear(32, 10, rngs=rngs)');
  });

  it('writes what it understands of a document with problems', () => {
    const { document } = addMember(example('model'), 'model', { type: 'NoSuchLayer', at: { x: 0, y: 0 } });
    expect(emitFlax(document)).toContain('= None  # there is no layer NoSuchLayer');
  });

  it('names variables apart where a value has several readers', () => {
    const document = example('digits');
    const probed = setProbe(document, 'classifier', { at: { node: 'n1', port: 'out' }, kind: 'sow', name: 'pixelsIn' }).document;
    expect(emitFlax(probed)).toContain("self.sow(nnx.Intermediate, 'pixels_in', x)");
  });
});
