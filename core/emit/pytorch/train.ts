/** @file The training of a document as a script beside `model.py`: the same rows in the same order, the same optimiser, the same losses. */
import { declaredSpec } from '../../check/declared.ts';
import { filterByPath } from '../../document/references.ts';
import type { PathFilter } from '../../document/schema.ts';
import { toSnakeCase } from '../../nnx/names.ts';
import { takeApart } from '../../optim/settings.ts';
import type { ModelProgram } from '../../program/model-program.ts';
import { findLoss, findSource } from '../../registry.gen.ts';
import { validateArgs } from '../../spec/args.ts';
import type { TorchDefinition } from '../../spec/emit-pytorch.ts';
import type { Args, ParamSpecs, ParamValue } from '../../spec/index.ts';
import { fail } from '../../spec/run-error.ts';
import { identifier } from '../identifier.ts';
import { importLines } from '../python/imports.ts';
import { writeFloat, writePlain } from '../python/literal.ts';
import { writeText } from '../python/text.ts';
import { PythonWriter } from '../python/writer.ts';
import type { TrainingContext } from '../target.ts';
import { makeContext, TorchRefusal } from './context.ts';
import { PYTORCH_VERSION } from './pytorch.ts';

/** @throws RunError, RejectionError where the run cannot be written: its data are not at hand, its settings are wrong, or PyTorch lacks something. */
export function writeTraining(program: ModelProgram, context: TrainingContext): string {
  try {
    return write(program, context);
  } catch (error) {
    if (error instanceof TorchRefusal) return fail('emit/refused', error.message, 'Change the setting, or choose another target.');
    throw error;
  }
}

const LACKS = 'Choose another one, or another target.';

function write(program: ModelProgram, { readText, module }: TrainingContext): string {
  const { root, document, check } = program;
  const { run } = document;
  const failed = check.problems.find((each) => each.severity === 'error');
  if (!root || failed) return fail('train/not-sound', failed?.message ?? 'There is no model.', failed?.fix ?? 'Choose a root.');
  const imports = new Set(['import torch']);
  const definitions = new Map<string, TorchDefinition>();
  const use = (line: string) => void imports.add(line);
  const literal = (value: ParamValue) => writePlain(value);
  const inputs = root.program.forward.inputs.map((input) => {
    const shape = declaredSpec(root.program.class, input, root.program.instance.scope).spec?.shape ?? null;
    return { name: input.name, dtype: input.dtype, shape };
  });
  const loss = findLoss(run.loss.type)!;
  const lossEntry = loss.emit.pytorch ?? fail('emit/refused', `There is no loss ${loss.type} for PyTorch.`, LACKS);
  const sourceEntry = findSource(run.source.type)!.emit.pytorch ?? fail('emit/refused', 'These data cannot be written for PyTorch.', LACKS);
  const source = sourceEntry(run.source.args, { inputs, batchSize: run.batchSize, seed: run.seed, readText, literal, use });
  const count = root.program.forward.outputs.length;
  const outputs = count === 1 ? ['output'] : Array.from({ length: count }, (_, i) => `output${i + 1}`);
  const written = { literal, use, args: validateArgs(loss.params, run.loss.args).args, inputs: 'inputs' };
  const [first = 'output', ...others] = outputs;
  const lossSource = lossEntry.loss([first, ...others], 'labels', written);
  const correct = source.hasTest ? lossEntry.correct?.(first, 'labels', written) : undefined;

  const { optimizer, args, schedule, maxNorm } = takeApart({ type: run.optimizer.type, args: run.optimizer.args });
  const define = (definition: TorchDefinition) => {
    definitions.set(definition.name, definition);
    return definition.name;
  };
  const contextOf = (params: ParamSpecs, given: Args) =>
    makeContext({ params, args: given, given: {}, varying: new Set(), specs: {}, field: String, use, define });
  const rule = optimizer.emit.pytorch ?? fail('emit/refused', `There is no optimiser ${optimizer.type} for PyTorch.`, LACKS);
  const ruleContext = contextOf(optimizer.params, args);
  const parameters = run.trained ? 'parameters' : 'model.parameters()';
  const ruleSource = rule(ruleContext, parameters, schedule ? '1.0' : ruleContext.source('learningRate'));
  const rate = schedule?.descriptor.emit.pytorch?.(contextOf(schedule.descriptor.params, schedule.args));
  if (schedule && rate === undefined) return fail('emit/refused', `There is no ${schedule.descriptor.type} for PyTorch.`, LACKS);

  const body = new PythonWriter();
  for (const line of source.lines) body.indentedLine(line);
  for (const { source: text } of definitions.values()) writeBlock(body, text.split('\n'));
  if (rate !== undefined) writeBlock(body, ['def learning_rate(step: int) -> float:', ...statements(rate).map((line) => `    ${line}`)]);
  writeBlock(body, [
    'def loss_of(inputs: tuple[torch.Tensor, ...], labels: torch.Tensor | None) -> tuple[torch.Tensor, torch.Tensor]:',
    `    ${outputs.join(', ')} = model(*inputs)`,
    ...returnLoss(lossSource, first),
  ]);
  if (source.hasTest) writeBlock(body, evaluation(first, correct));
  writeBlock(body, [
    `def train(steps: int = ${writePlain(run.steps)}) -> tuple[list[float], list[tuple[int, float${correct === undefined ? '' : ', float'}]]]:`,
    `    """The loss of each step, and the test loss${correct === undefined ? '' : ' and accuracy'} at the end of each epoch."""`,
    ...(run.trained ? trainedLines(filterByPath(document, run.trained)) : []),
    `    optimizer = ${ruleSource}`,
    ...(rate === undefined ? [] : ['    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, learning_rate)']),
    '    losses, tests = [], []',
    '    for step in range(steps):',
    '        loss, _ = loss_of(*train_batch(step))',
    '        optimizer.zero_grad()',
    '        loss.backward()',
    ...(maxNorm === null ? [] : [`        torch.nn.utils.clip_grad_norm_(${parameters}, ${writeFloat(maxNorm)})`]),
    '        optimizer.step()',
    ...(rate === undefined ? [] : ['        schedule.step()']),
    '        losses.append(loss.item())',
    ...(source.hasTest
      ? [
          '        if (step + 1) % STEPS_PER_EPOCH == 0 or step + 1 == steps:',
          '            tests.append((step + 1, *evaluate()))',
          '            print(step + 1, losses[-1], *tests[-1][1:])',
        ]
      : ['        print(step + 1, losses[-1])']),
    '    return losses, tests',
  ]);
  const file = writeText(`${module}.safetensors`);
  writeBlock(body, [
    "if __name__ == '__main__':",
    '    # Without the weights of Espalier the model starts with those that PyTorch draws.',
    `    if os.path.exists(${file}):`,
    `        load_flax_weights(model, ${file})`,
    '    train()',
  ]);
  const text = body.toString();
  if (/\bF\.\w/.test(text)) use('from torch.nn import functional as F');
  if (/\bmath\.\w/.test(text)) use('import math');
  use('import os');
  const head = new PythonWriter();
  head.comment(`Trains the model of ${module}.py (PyTorch ${PYTORCH_VERSION}) as Espalier does: the same rows in the same order.`);
  head.comment('What is dropped, or drawn as noise, is drawn by PyTorch.');
  for (const line of importLines(imports, `from ${identifier(module)} import load_flax_weights, model`)) head.line(line);
  head.line();
  // A definition stands further below.
  if (/^(?:def|@)/.test(source.lines[0]!)) head.line();
  return head.toString() + text;
}

/** An expression is what is returned. */
function statements(rate: string): readonly string[] {
  return rate.includes('\n') ? rate.split('\n') : [`return ${rate}`];
}

/** On two lines where it is long. */
function returnLoss(loss: string, output: string): readonly string[] {
  const line = `    return ${loss}, ${output}`;
  return line.length <= 100 ? [line] : [`    loss = ${loss}`, `    return loss, ${output}`];
}

/** The weights as they are, in the mode of evaluation. */
function evaluation(output: string, correct: string | undefined): readonly string[] {
  const kind = correct === undefined ? 'tuple[float]' : 'tuple[float, float]';
  return [
    '@torch.no_grad()',
    `def evaluate() -> ${kind}:`,
    `    """The loss${correct === undefined ? '' : ' and the share of right answers'} on the rows held back."""`,
    '    modes = {module: module.training for module in model.modules()}',
    '    model.eval()',
    '    inputs, labels = test_batch()',
    `    loss, ${correct === undefined ? '_' : output} = loss_of(inputs, labels)`,
    '    for module, mode in modes.items():',
    '        module.training = mode',
    correct === undefined ? '    return (loss.item(),)' : `    return loss.item(), ${correct}.item() / len(labels)`,
  ];
}

/** The others stay as they are. */
function trainedLines(filter: PathFilter): readonly string[] {
  return [
    '    for name, parameter in model.named_parameters():',
    `        parameter.requires_grad_(parameter.requires_grad and ${trainedCondition(filter)})`,
    '    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]',
  ];
}

/** What Flax calls its Params, where PyTorch has other names. */
const OTHER_NAMES = new Set('kernel scale embedding negative_slope'.split(' '));

function trainedCondition(filter: PathFilter): string {
  switch (filter.kind) {
    case 'everything':
      return 'True';
    case 'nothing':
      return 'False';
    case 'type':
      if (filter.type === 'Param') return 'True';
      if (filter.type === 'LoRAParam') return "name.endswith(('lora_a', 'lora_b'))";
      throw new TorchRefusal(`PyTorch's parameters are not told apart by ${filter.type}.`);
    case 'path': {
      const part = toSnakeCase(String(filter.contains));
      if (OTHER_NAMES.has(part)) throw new TorchRefusal(`PyTorch has another name than ${part} for the weights that are trained.`);
      return filter.exact ? `${writeText(part)} in name.split('.')` : `${writeText(part)} in name`;
    }
    case 'any':
    case 'all':
      return `(${filter.of.map(trainedCondition).join(filter.kind === 'any' ? ' or ' : ' and ')})`;
    case 'not':
      return `not ${trainedCondition(filter.of)}`;
    default:
      throw new TorchRefusal('PyTorch cannot tell apart what is trained that way.');
  }
}

function writeBlock(writer: PythonWriter, lines: readonly string[]): void {
  writer.line();
  writer.line();
  for (const line of lines) writer.indentedLine(line);
}
