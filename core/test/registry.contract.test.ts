/**
 * @file What every layer type and op type must hold, tested on the examples of its own descriptor: a new type is tested by being there.
 */
import { describe, expect, it } from 'vitest';
import { emitFlax } from '../emit/index.ts';
import { loadOps, loadPlan } from '../fixtures/load.ts';
import { capture } from '../nnx/capture.ts';
import { dispose } from '../nnx/dispose.ts';
import { iterModules, type Module } from '../nnx/module.ts';
import { toCamelCase } from '../nnx/names.ts';
import { tensorsIn } from '../nnx/ownership.ts';
import { Intermediate, Perturbation } from '../nnx/variable.ts';
import { registry } from '../registry.gen.ts';
import { checkArg, fillDefaults } from '../spec/args.ts';
import { FAMILIES, inputPorts, outputPorts, type SpecsByPort } from '../spec/define.ts';
import type { ParamValue } from '../spec/params.ts';
import { tf } from '../tensor/tf.ts';
import { oneNodeDocument } from '../fixtures/one-node.ts';
import { gradients, slopes } from './contract/slope.ts';
import { descriptors, makeInputs, makeModule, runSubject, subjects } from './contract/subject.ts';
import { variablesOf } from './golden/build.ts';

/** The power iteration is a constant to the gradient, as in Flax, so that its slope is another; the recordings hold its gradients. */
const HELD_CONSTANT = ['SpectralNorm'];

describe.each(descriptors)('%s', (key, descriptor) => {
  it('says what it is, in words and with examples', () => {
    expect(descriptor.type).toBe(key);
    expect(Object.keys(FAMILIES)).toContain(descriptor.family);
    expect(descriptor.doc).toMatch(/^[A-Z0-9(1].*[.)]$/s);
    expect(descriptor.examples.length).toBeGreaterThan(0);
  });

  it('says what each parameter does, and has defaults that it would accept', () => {
    for (const [name, spec] of Object.entries(descriptor.params)) {
      expect(spec.doc, `doc of ${name}`).toMatch(/[.)]$/);
      if (spec.default !== undefined) expect(checkArg(name, spec, spec.default as ParamValue), `default of ${name}`).toBeUndefined();
      if (spec.start !== undefined) expect(checkArg(name, spec, spec.start as ParamValue), `start of ${name}`).toBeUndefined();
    }
  });
});

describe.each(subjects.map((subject) => [subject.name, subject] as const))('%s', (_name, subject) => {
  const { descriptor, specs, args, example } = subject;

  it('has arguments that it accepts, that are plain JSON, and that its ports agree with', () => {
    expect(subject.problems).toEqual([]);
    expect(JSON.parse(JSON.stringify(args))).toEqual(args);
    expect(fillDefaults(descriptor.params, args)).toEqual(args);
    const ports = inputPorts(descriptor, args);
    expect(Object.keys(ports)).toEqual(expect.arrayContaining(Object.keys(example.inputs)));
    expect(Object.keys(ports).filter((port) => !ports[port]!.optional && !(port in example.inputs))).toEqual([]);
    expect(Object.keys(descriptor.infer(specs, args))).toEqual(Object.keys(outputPorts(descriptor, args)));
  });

  it('says whether its Modules hold others or pass for another layer', () => {
    const module = makeModule(subject);
    if (descriptor.kind !== 'layer' || !module) return;
    const passesFor = Object.getPrototypeOf(module.constructor) as { readonly typeName: string };
    const isComposed = [...iterModules(module)].length > 1 || Object.hasOwn(registry, passesFor.typeName);
    expect(descriptor.isComposed ?? false).toBe(isComposed);
    dispose(module);
  });

  it('is written as code for every target', () => {
    const code = emitFlax(oneNodeDocument(subject));
    expect(code).toContain('class Probe(nnx.Module):');
    expect(Object.values(descriptor.emit).every((emitter) => emitter !== undefined)).toBe(true);
    for (const [open, close] of ['()', '[]', '{}'].map((pair) => [...pair])) {
      expect(code.split(open!).length, `${open} and ${close} in\n${code}`).toBe(code.split(close!).length);
    }
  });

  it('gives what it infers, and leaves no tensor over when made, called, captured and disposed', () => {
    const before = tf.memory().numTensors;
    const inputs = makeInputs(subject);
    const given = Object.keys(inputs).length;
    const module = makeModule(subject);
    const owned = () => (module ? tensorsIn(variablesOf(module).map(([, { value }]) => value)).length : 0);
    expect(tf.memory().numTensors - before, 'tensors after it was made').toBe(given + owned());
    const outputs = runSubject(subject, module, inputs);
    const made = new Set(Object.values(outputs).filter((tensor) => !Object.values(inputs).includes(tensor)));
    expect(tf.memory().numTensors - before, 'tensors after a call').toBe(given + owned() + made.size);
    const found = Object.entries(outputs).map(([port, { shape, dtype }]) => [port, { shape, dtype }]);
    expect(found).toEqual(Object.entries(descriptor.infer(specs, args)));
    tf.dispose([...made]);
    if (module) {
      const captured = capture((model: Module) => Object.values(runSubject(subject, model, inputs)), [Intermediate, Perturbation]);
      const [result, ...states] = captured(module);
      tf.dispose(result.filter((tensor) => !Object.values(inputs).includes(tensor)));
      for (const state of states) state.dispose();
      expect(tf.memory().numTensors - before, 'tensors after a capture').toBe(given + owned());
    }
    dispose([module, inputs]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('has finite gradients that agree with finite differences, and leaves no tensor over', () => {
    const before = tf.memory().numTensors;
    const inputs = makeInputs(subject);
    const grads = gradients(subject, inputs);
    expect(tf.memory().numTensors - before).toBe(Object.keys(inputs).length);
    if (grads) {
      for (const [place, numbers] of grads)
        expect(numbers.every(Number.isFinite), `gradient of ${place}: ${numbers.join(', ')}`).toBe(true);
      if (!HELD_CONSTANT.includes(subject.key)) {
        const { measured, computed } = slopes(subject, inputs, grads);
        const scale = [...grads.values()].reduce((sum, numbers) => numbers.reduce((all, value) => all + Math.abs(value), sum), 1);
        expect(Math.abs(measured - computed) / scale, `slope ${measured} by differences, ${computed} by gradients`).toBeLessThan(2e-3);
      }
    }
    dispose(inputs);
    expect(tf.memory().numTensors).toBe(before);
  });
});

const batched = subjects.filter(({ descriptor, specs }) => descriptor.kind === 'layer' && Object.values(specs)[0]!.shape.length > 1);

it.each(batched.map((subject) => [subject.name, subject] as const))(
  '%s: infers the same shapes for a batch of unknown length',
  (_name, subject) => {
    const { descriptor, specs, args } = subject;
    const length = Object.values(specs)[0]!.shape[0];
    const named = (each: SpecsByPort) =>
      Object.fromEntries(
        Object.entries(each).map(([port, { shape, dtype }]) => [
          port,
          { shape: shape[0] === length ? ['batch', ...shape.slice(1)] : shape, dtype },
        ]),
      );
    expect(descriptor.infer(named(specs), args)).toEqual(named(descriptor.infer(specs, args)));
  },
);

it('has numbers of real Flax for every layer type and op type', async () => {
  const [plan, ops, losses] = await Promise.all([loadPlan(), loadOps(), loadOps('losses')]);
  const recorded = new Set([
    ...plan.flatMap(({ build, fn }) => [build?.cls, fn && toCamelCase(fn)]),
    ...[...ops, ...losses].map(({ op }) => op),
  ]);
  const missing = descriptors.filter(([key]) => !recorded.has(key) && !Object.values(RECORDED_AS).includes(key)).map(([key]) => key);
  expect(missing).toEqual([]);
});

/** Recorded under another name than ours: what is a reserved word in one of the languages, or optax's short names. */
const RECORDED_AS: Readonly<Record<string, string>> = {
  var: 'variance',
  mse: 'meanSquaredError',
  mae: 'meanAbsoluteError',
  huber: 'huberLoss',
};
