/** @file A document as a Flax NNX module in Python: classes, then the code that builds the model and replays the settings. */
import { checkDocument, type Check } from '../check/check-document.ts';
import { classesUsedBy, findClass } from '../document/find.ts';
import { filterByPath } from '../document/references.ts';
import type { AttributeValue, ClassId, ModelDocument } from '../document/schema.ts';
import { toSnakeCase } from '../nnx/names.ts';
import { constructorArguments, takesRngs, writeClass } from './flax-class.ts';
import { CAPTURING } from './flax-forward.ts';
import { writeFilter, writeFilters } from './flax-filter.ts';
import { writePlain } from './python-literal.ts';
import { PythonWriter } from './python-writer.ts';
import { attributesFault, filterFault } from './sound-settings.ts';
import { classFault, codeNameFault, commentText } from './sound.ts';

/** The Flax that the code was checked with: outputs, sows and gradients are those of the live model. */
export const FLAX_VERSION = '0.12.8';

const MAX_PROBLEMS = 5;

/**
 * Python source that makes `model`. It runs as it is with the Flax that its first line names. A document with problems is written as
 * far as it is understood, and the problems stand at the top: while one designs, there is always one.
 */
export function emitFlax(document: ModelDocument): string {
  const check = checkDocument(document);
  const imports = new Set(['from flax import nnx']);
  const use = (line: string) => void imports.add(line);
  const body = new PythonWriter();
  writeCapturing(body, document);
  for (const id of classOrder(document)) {
    body.line();
    body.line();
    const fault = classFault(findClass(document, id)!);
    if (fault === undefined) writeClass(body, document, check.instanceAt(id)!, use);
    else body.line(`# A class is left out, ${commentText(fault)}`);
  }
  body.line();
  body.line();
  writeModel(body, document, check);
  const title = commentText(document.name.replaceAll(/\s+/g, ' '));
  const head = [
    `# ${title === '' ? '' : `${title}. `}Written by Espalier for Flax ${FLAX_VERSION} (pip install flax==${FLAX_VERSION}).`,
    ...problemLines(check),
    ...sortImports(imports),
  ];
  return `${head.join('\n')}\n${body.toString()}`;
}

function problemLines({ problems }: Check): readonly string[] {
  const errors = problems.filter((each) => each.severity === 'error' && each.scope !== 'run');
  if (errors.length === 0) return [];
  const lines = errors.slice(0, MAX_PROBLEMS).map((each) => `#   ${commentText(each.message.replaceAll(/\s+/g, ' '))}`);
  const more = errors.length - lines.length;
  return ['# Not complete, the model has problems:', ...lines, ...(more > 0 ? [`#   … and ${more} more`] : [])];
}

/** Outside a capture Flax's sow and perturb leave attributes on the module, one more value with every call. */
function writeCapturing(writer: PythonWriter, document: ModelDocument): void {
  if (classOrder(document).every((id) => findClass(document, id)!.probes.length === 0)) return;
  writer.line();
  writer.line();
  writer.line(`def ${CAPTURING}(module: nnx.Module) -> bool:`);
  writer.indented(() => {
    writer.line('"""Whether nnx.capture runs: elsewhere sow and perturb would leave their values on the module."""');
    writer.line("return hasattr(module, '__captures__')");
  });
}

/** Classes below the root, those that are used before those that use them. */
function classOrder(document: ModelDocument): readonly ClassId[] {
  const order: ClassId[] = [];
  const seen = new Set<ClassId>();
  const visit = (id: ClassId) => {
    const modelClass = findClass(document, id);
    if (!modelClass || seen.has(id)) return;
    seen.add(id);
    for (const used of classesUsedBy(modelClass)) visit(used);
    order.push(id);
  };
  visit(document.root.class);
  return order;
}

/** `import x` before `from x import y`, each in order of the alphabet. */
function sortImports(imports: ReadonlySet<string>): readonly string[] {
  return [...imports].sort((a, b) => Number(a.startsWith('from')) - Number(b.startsWith('from')) || (a < b ? -1 : 1));
}

function writeModel(writer: PythonWriter, document: ModelDocument, { root }: Check): void {
  if (!root) return;
  const modelClass = root.class;
  if (classFault(modelClass) !== undefined) {
    writer.line('# There is no model: its class is left out.');
    return;
  }
  const args = constructorArguments(document, modelClass, document.root.args, []);
  const rngs = takesRngs(document, modelClass) ? args.replace(/rngs=rngs$/, `rngs=nnx.Rngs(${document.run.seed})`) : args;
  writer.line(`model = ${modelClass.name}(${rngs})`);
  for (const setting of document.settings) {
    if (setting.kind !== 'set') {
      writer.line(`model.${setting.kind}()`);
      continue;
    }
    const filter = filterByPath(document, setting.only);
    const fault = filterFault(document, filter) ?? attributesFault(setting.attributes);
    if (fault === undefined)
      writer.line(`model.set_attributes(${[...writeFilters(filter), ...writeAttributes(setting.attributes)].join(', ')})`);
    else writer.line(`# A setting is left out: ${commentText(fault)}`);
  }
  for (const view of document.views) {
    const filter = filterByPath(document, view.only);
    const fault =
      (codeNameFault(view.name, 'input') === undefined ? undefined : `the name "${view.name}"`) ??
      filterFault(document, filter) ??
      attributesFault(view.attributes);
    if (fault !== undefined) {
      writer.line(`# A view is left out: ${commentText(fault)}`);
      continue;
    }
    const only = filter.kind === 'everything' ? [] : [`only=${writeFilter(filter)}`];
    const call = ['model', ...only, ...writeAttributes(view.attributes)].join(', ');
    writer.line(`${toSnakeCase(view.name)} = nnx.with_attributes(${call})`);
  }
}

function writeAttributes(attributes: Readonly<Record<string, AttributeValue>>): readonly string[] {
  return Object.entries(attributes).map(([name, value]) => `${toSnakeCase(name)}=${writePlain(value)}`);
}
