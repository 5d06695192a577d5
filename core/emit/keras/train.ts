/** @file The training of a document as a script beside `model.py`: the same rows in the same order, the same optimiser, the same losses. */
import { declaredSpec } from '../../check/declared.ts';
import { filterByPath } from '../../document/references.ts';
import type { PathFilter } from '../../document/schema.ts';
import { takeApart } from '../../optim/settings.ts';
import type { ClassProgram } from '../../program/class-program.ts';
import type { ModelProgram } from '../../program/model-program.ts';
import { findLoss, findSource } from '../../registry.gen.ts';
import { validateArgs } from '../../spec/args.ts';
import { KerasGap, kerasGap, type Args, type ParamSpecs, type ParamValue } from '../../spec/index.ts';
import { fail } from '../../spec/run-error.ts';
import { identifier } from '../identifier.ts';
import { importLines } from '../python/imports.ts';
import { writeFloat, writePlain } from '../python/literal.ts';
import { writeText } from '../python/text.ts';
import { PythonWriter } from '../python/writer.ts';
import type { TrainingContext } from '../target.ts';
import { makeContext } from './context.ts';
import { KERAS_VERSION } from './keras.ts';
import { Modes } from './modes.ts';
import { attributeName } from './names.ts';

/** @throws RunError, RejectionError where the run cannot be written: its data are not at hand, its settings are wrong, or Keras lacks something. */
export function writeTraining(program: ModelProgram, context: TrainingContext): string {
  try {
    return write(program, context);
  } catch (error) {
    if (error instanceof KerasGap) return fail('emit/refused', error.message, 'Change the setting, or choose another target.');
    throw error;
  }
}

function write(program: ModelProgram, { readText, module }: TrainingContext): string {
  const { root, document, check } = program;
  const { run } = document;
  const failed = check.problems.find((each) => each.severity === 'error');
  if (!root || failed) return fail('train/not-sound', failed?.message ?? 'There is no model.', failed?.fix ?? 'Choose a root.');
  const trained = run.trained && trainedCondition(filterByPath(document, run.trained), root.program);
  const imports = new Set(['import keras', 'from keras import ops', 'import os']);
  const use = (line: string) => void imports.add(line);
  const literal = (value: ParamValue) => writePlain(value);
  const inputs = root.program.forward.inputs.map((input) => {
    const shape = declaredSpec(root.program.class, input, root.program.instance.scope).spec?.shape ?? null;
    return { name: input.name, dtype: input.dtype, shape };
  });
  const loss = findLoss(run.loss.type)!;
  const lossEntry = loss.emit.keras ?? kerasGap(`There is no loss ${loss.type} for Keras.`);
  const sourceEntry = findSource(run.source.type)!.emit.keras ?? kerasGap('These data cannot be written for Keras.');
  const source = sourceEntry(run.source.args, { inputs, batchSize: run.batchSize, seed: run.seed, readText, literal, use });
  const count = root.program.forward.outputs.length;
  const [first = 'y_pred', ...others] = count === 1 ? ['y_pred'] : Array.from({ length: count }, (_, i) => `output${i + 1}`);
  const written = { literal, use, args: validateArgs(loss.params, run.loss.args).args, inputs: 'x' };
  const lossSource = lossEntry.loss([first, ...others], 'y', written);
  const correct = source.hasTest ? lossEntry.correct?.(count === 1 ? 'outputs' : 'outputs[0]', 'labels', written) : undefined;

  const { optimizer, args, schedule, maxNorm } = takeApart({ type: run.optimizer.type, args: run.optimizer.args });
  const contextOf = (params: ParamSpecs, given: Args) =>
    makeContext({ params, args: given, given: {}, field: String, use, inputs: {}, outputs: {}, training: 'training' });
  const ruleEntry = optimizer.emit.keras ?? kerasGap(`There is no optimiser ${optimizer.type} for Keras.`);
  const ruleContext = contextOf(optimizer.params, args);
  const scheduleEntry = schedule && (schedule.descriptor.emit.keras ?? kerasGap(`There is no ${schedule.descriptor.type} for Keras.`));
  const rate =
    schedule && scheduleEntry ? scheduleEntry(contextOf(schedule.descriptor.params, schedule.args)) : ruleContext.source('learningRate');
  const rule = ruleEntry(ruleContext, rate, schedule !== null);
  const clipped = maxNorm === null ? rule.call : `${rule.call.slice(0, -1)}, global_clipnorm=${writeFloat(maxNorm)})`;

  const body = new PythonWriter();
  for (const line of source.lines) body.indentedLine(line);
  if (rule.definition) writeBlock(body, rule.definition.source.trim().split('\n'));
  const mode = new Modes(program).follows(root.program.id) ? ', training=training' : '';
  writeBlock(body, [
    'class Trainer(keras.Model):',
    '    """The model with its loss, of which Keras takes the gradients on whatever backend."""',
    '',
    '    def __init__(self):',
    '        super().__init__()',
    '        self.model = model',
    '',
    '    def call(self, inputs, training=False):',
    `        return self.model(*inputs${mode})`,
    '',
    '    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):',
    ...(count === 1 ? [] : [`        ${[first, ...others].join(', ')} = y_pred`]),
    `        return ${lossSource}`,
  ]);
  if (source.hasTest) writeBlock(body, evaluation(correct));
  writeBlock(body, [
    `def train(steps: int = ${writePlain(run.steps)}) -> tuple[list[float], list[tuple[int, float${correct === undefined ? '' : ', float'}]]]:`,
    `    """The loss of each step, and the test loss${correct === undefined ? '' : ' and accuracy'} at the end of each epoch."""`,
    ...(trained === undefined
      ? []
      : [
          '    # The other weights stay as they are.',
          '    for variable in model.trainable_variables:',
          `        variable.trainable = ${trained}`,
        ]),
    '    trainer = Trainer()',
    `    trainer.compile(optimizer=${clipped})`,
    '    losses, tests = [], []',
    '    for step in range(steps):',
    '        # What Keras gives is the mean of the losses since then.',
    '        trainer.reset_metrics()',
    '        losses.append(float(trainer.train_on_batch(*train_batch(step))))',
    ...(source.hasTest
      ? [
          '        if (step + 1) % STEPS_PER_EPOCH == 0 or step + 1 == steps:',
          '            tests.append((step + 1, *evaluate(trainer)))',
          '            print(step + 1, losses[-1], *tests[-1][1:])',
        ]
      : ['        print(step + 1, losses[-1])']),
    '    return losses, tests',
  ]);
  const file = writeText(`${module}.safetensors`);
  writeBlock(body, [
    "if __name__ == '__main__':",
    '    # Without the weights of Espalier the model starts with those that Keras draws.',
    `    if os.path.exists(${file}):`,
    `        load_weights(${file})`,
    '    train()',
  ]);
  const head = new PythonWriter();
  head.comment(`Trains the model of ${module}.py (Keras ${KERAS_VERSION}) as Espalier does: the same rows in the same order.`);
  head.comment('What is dropped, or drawn as noise, is drawn by Keras.');
  for (const line of importLines(imports, `from ${identifier(module)} import load_weights, model`)) head.line(line);
  head.line();
  // A definition stands further below.
  if (/^(?:def|@)/.test(source.lines[0]!)) head.line();
  return head.toString() + body.toString();
}

function evaluation(correct: string | undefined): readonly string[] {
  return [
    `def evaluate(trainer: Trainer) -> ${correct === undefined ? 'tuple[float]' : 'tuple[float, float]'}:`,
    `    """The loss${correct === undefined ? '' : ' and the share of right answers'} on the rows held back."""`,
    '    inputs, labels = test_batch()',
    '    outputs = trainer(inputs, training=False)',
    '    loss = float(trainer.compute_loss(inputs, labels, outputs))',
    correct === undefined ? '    return (loss,)' : `    return loss, int(${correct}) / len(labels)`,
  ];
}

/** So many layers are named one by one. */
const MANY = 8;

/** The sources of the members of this name, wherever they are. */
function membersNamed({ members }: ClassProgram, owner: string, name: string): readonly string[] {
  return members.flatMap((plan) => {
    if (plan.kind === 'alias' || plan.kind === 'unknown') return [];
    const own = `${owner}.${attributeName(plan.attribute)}`;
    const items = Array.from({ length: plan.repeat?.count ?? 1 }, (_, i) => (plan.repeat ? `${own}[${i}]` : own));
    if (plan.attribute === name) return items;
    return plan.kind === 'class' ? items.flatMap((item, i) => (plan.elements[i] ? membersNamed(plan.elements[i]!, item, name) : [])) : [];
  });
}

/** What is trained, as a condition on a variable. */
function trainedCondition(filter: PathFilter, root: ClassProgram): string {
  switch (filter.kind) {
    case 'everything':
      return 'True';
    case 'type':
      if (filter.type === 'Param') return 'True';
      if (filter.type === 'LoRAParam') return "variable.path.endswith(('/lora_a', '/lora_b'))";
      return kerasGap(`The weights of Keras are not told apart by ${filter.type}.`);
    case 'path': {
      const found = filter.exact && typeof filter.contains === 'string' ? membersNamed(root, 'model', filter.contains) : [];
      if (found.length === 0 || found.length > MANY) return kerasGap('Keras cannot tell apart what is trained that way.');
      return `any(variable is each for each in ${found.map((each) => `${each}.variables`).join(' + ')})`;
    }
    case 'any':
    case 'all':
      return `(${filter.of.map((each) => trainedCondition(each, root)).join(filter.kind === 'any' ? ' or ' : ' and ')})`;
    case 'not':
      return `not ${trainedCondition(filter.of, root)}`;
    default:
      return kerasGap('Keras cannot tell apart what is trained that way.');
  }
}

function writeBlock(writer: PythonWriter, lines: readonly string[]): void {
  writer.line();
  writer.line();
  for (const line of lines) writer.indentedLine(line);
}
