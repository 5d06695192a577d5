/** @file The training of a document as a script beside `model.py`: the same rows in the same order, the same optimizer, the same losses. */
import { declaredSpec } from '../../check/declared.ts';
import { filterByPath } from '../../document/references.ts';
import { emitRule } from '../../optim/settings.ts';
import type { ModelProgram } from '../../program/model-program.ts';
import { findLoss, findSource } from '../../registry.gen.ts';
import { validateArgs } from '../../spec/args.ts';
import type { ParamValue } from '../../spec/index.ts';
import { fail } from '../../spec/run-error.ts';
import { writePlain } from '../python/literal.ts';
import { identifier } from '../identifier.ts';
import { importLines } from '../python/imports.ts';
import { PythonWriter } from '../python/writer.ts';
import type { TrainingContext } from '../target.ts';
import { writeTrained } from './filter.ts';
import { makeContext } from './context.ts';
import { FLAX_VERSION } from './flax.ts';
import { JOINING, SHARDING_IMPORTS, SPREADING } from './sharding.ts';

/** @throws RunError, RejectionError where the run cannot be written: its data are not at hand, or its settings are wrong. */
export function writeTraining(program: ModelProgram, { readText, module, isSharded = false }: TrainingContext): string {
  const { root, document, check } = program;
  const { run } = document;
  const failed = check.problems.find((each) => each.severity === 'error');
  if (!root || failed) return fail('train/not-sound', failed?.message ?? 'There is no model.', failed?.fix ?? 'Choose a root.');
  const imports = new Set(['import jax', 'from flax import nnx', ...(isSharded ? SHARDING_IMPORTS : [])]);
  const use = (line: string) => void imports.add(line);
  const literal = (value: ParamValue) => writePlain(value);
  const spread = (batch: string) => (isSharded ? `spread_rows(${batch})` : batch);
  const inputs = root.program.forward.inputs.map((input) => {
    const shape = declaredSpec(root.program.class, input, root.program.instance.scope).spec?.shape ?? null;
    return { name: input.name, dtype: input.dtype, shape };
  });
  const loss = findLoss(run.loss.type)!;
  const source = findSource(run.source.type)!.emit.flax(run.source.args, {
    inputs,
    batchSize: run.batchSize,
    seed: run.seed,
    readText,
    literal,
    use,
  });
  const count = root.program.forward.outputs.length;
  const outputs = count === 1 ? ['output'] : Array.from({ length: count }, (_, i) => `output${i + 1}`);
  const written = { literal, use, args: validateArgs(loss.params, run.loss.args).args, inputs: 'inputs' };
  const [first = 'output', ...others] = outputs;
  const lossSource = loss.emit.flax.loss([first, ...others], 'labels', written);
  const correct = source.hasTest ? loss.emit.flax.correct?.(first, 'labels', written) : undefined;
  use('import optax');
  const rule = emitRule({ type: run.optimizer.type, args: run.optimizer.args }, (params, args) =>
    makeContext({
      params,
      args,
      given: {},
      usesRngs: false,
      use,
      field: () => fail('train/field', 'A setting names a field.', 'Write a number.'),
    }),
  );

  const body = new PythonWriter();
  for (const line of source.lines) body.indentedLine(line);
  if (isSharded) for (const line of ['', '', ...SPREADING]) body.indentedLine(line);
  if (run.trained) {
    body.line();
    body.line();
    body.comment('The other Params stay as they are.');
    body.line(`TRAINED = ${writeTrained(filterByPath(document, run.trained))}`);
  }
  writeBlock(
    body,
    ['def loss_of(model: nnx.Module, inputs: tuple[jax.Array, ...], labels: jax.Array | None) -> tuple[jax.Array, jax.Array]:'],
    [`${outputs.join(', ')} = model(*inputs)`, ...returnLoss(lossSource, first)],
  );
  writeBlock(
    body,
    [
      '@nnx.jit',
      'def train_step(model: nnx.Module, optimizer: nnx.Optimizer, inputs: tuple[jax.Array, ...], labels: jax.Array | None) -> jax.Array:',
    ],
    [
      ...(run.trained
        ? [
            'gradients_of = nnx.value_and_grad(loss_of, argnums=nnx.DiffState(0, TRAINED), has_aux=True)',
            '(loss, _), gradients = gradients_of(model, inputs, labels)',
          ]
        : ['(loss, _), gradients = nnx.value_and_grad(loss_of, has_aux=True)(model, inputs, labels)']),
      'optimizer.update(model, gradients)',
      'return loss',
    ],
  );
  if (source.hasTest)
    writeBlock(
      body,
      [
        '@nnx.jit',
        'def evaluate(model: nnx.Module, inputs: tuple[jax.Array, ...], labels: jax.Array | None) -> tuple[jax.Array, jax.Array]:',
      ],
      [`loss, ${first} = loss_of(model, inputs, labels)`, `return loss, ${correct ?? 'loss'}`],
    );
  writeBlock(
    body,
    [
      `def train(steps: int = ${writePlain(run.steps)}) -> tuple[list[float], list[tuple[int, float${correct === undefined ? '' : ', float'}]]]:`,
    ],
    [
      `"""The loss of each step, and the test loss${correct === undefined ? '' : ' and accuracy'} at the end of each epoch."""`,
      `optimizer = nnx.Optimizer(model, ${rule}, wrt=${run.trained ? 'TRAINED' : 'nnx.Param'})`,
      ...(isSharded ? ['spread_whole(model)', 'spread_whole(optimizer)'] : []),
      'losses, tests = [], []',
      'for step in range(steps):',
      `    losses.append(float(train_step(model, optimizer, *${spread('train_batch(step)')})))`,
      ...(source.hasTest ? testLines(correct !== undefined, spread('test_batch()')) : ['    print(step + 1, losses[-1])']),
      'return losses, tests',
    ],
  );
  if (hasProbes(program)) {
    writeBlock(
      body,
      ['def trace(step: int = 0) -> nnx.State:'],
      [
        '"""What the probes of the model see at a step, and the gradient of the loss at each, by their paths."""',
        'inputs, labels = train_batch(step)',
        'twin = nnx.clone(model)',
        '_, perturbations = nnx.capture(loss_of, nnx.Perturbation)(nnx.clone(model), inputs, labels)',
      ],
    );
    body.indented(() => {
      body.line();
      body.line('def loss(model: nnx.Module, perturbations: nnx.State) -> tuple[jax.Array, nnx.State]:');
      body.indented(() => {
        body.line('(value, _), sown = nnx.capture(loss_of, nnx.Intermediate, init=perturbations)(model, inputs, labels)');
        body.line('return value, sown');
      });
      body.line();
      body.line('gradients, sown = nnx.grad(loss, argnums=1, has_aux=True)(twin, perturbations)');
      body.line('return nnx.merge_state(gradients, sown)');
    });
  }
  writeBlock(body, ["if __name__ == '__main__':"], ['train()']);

  const head = new PythonWriter();
  const where = isSharded ? ' over all devices' : '';
  head.comment(`Trains the model of ${module}.py${where} (Flax ${FLAX_VERSION}, optax) as Espalier does: the same rows in the same order.`);
  const own = `from ${identifier(module)} import model`;
  for (const line of importLines(imports, isSharded ? undefined : own)) head.line(line);
  if (isSharded) for (const line of ['', ...JOINING, '', `${own}  # noqa: E402`]) head.indentedLine(line);
  head.line();
  // A definition stands further below.
  if (/^(?:def|@)/.test(source.lines[0]!)) head.line();
  return head.toString() + body.toString();
}

/** On two lines where it is long. */
function returnLoss(loss: string, output: string): readonly string[] {
  const line = `return ${loss}, ${output}`;
  return line.length <= 96 ? [line] : [`loss = ${loss}`, `return loss, ${output}`];
}

function hasProbes({ classes, faults }: ModelProgram): boolean {
  return classes.some(({ id, class: { probes } }) => probes.some((probe) => faults.ofProbe(id, probe.id) === undefined));
}

function testLines(isOfClasses: boolean, batch: string): readonly string[] {
  return [
    '    if (step + 1) % STEPS_PER_EPOCH == 0 or step + 1 == steps:',
    '        # The same weights in another mode.',
    '        tested = nnx.with_attributes(',
    '            model, deterministic=True, use_running_average=True, raise_if_not_found=False',
    '        )',
    `        inputs, labels = ${batch}`,
    `        test_loss, ${isOfClasses ? 'correct' : '_'} = evaluate(tested, inputs, labels)`,
    `        tests.append((step + 1, float(test_loss)${isOfClasses ? ', int(correct) / len(labels)' : ''}))`,
    '        print(step + 1, losses[-1], *tests[-1][1:])',
  ];
}

/** A definition with its lines one step further in; decorators stand before its head. */
function writeBlock(writer: PythonWriter, heads: readonly string[], lines: readonly string[]): void {
  writer.line();
  writer.line();
  for (const head of heads) writer.line(head);
  writer.indented(() => {
    for (const line of lines) writer.indentedLine(line);
  });
}
