/** @file A document as a Flax NNX module: classes in the order in which they need each other, then the model and its settings. */
import { checkDocument } from '../check/index.ts';
import { classesUsedBy, findClass } from '../document/find.ts';
import type { ClassId, ModelDocument } from '../document/schema.ts';
import { classArguments, flaxClass } from './flax-class.ts';
import { flaxSetting, flaxView } from './flax-filter.ts';

/** The release that the recordings were made with, and that the emitted code is run with in the tests. */
export const FLAX_VERSION = '0.12.8';

/** Every class of the document, those that others use first. */
function orderClasses(document: ModelDocument): readonly ClassId[] {
  const ordered: ClassId[] = [];
  const open = new Set<ClassId>();
  const visit = (id: ClassId): void => {
    const modelClass = findClass(document, id);
    if (!modelClass || open.has(id)) return; // A class that contains itself is a problem of the document.
    open.add(id);
    for (const used of classesUsedBy(modelClass)) visit(used);
    ordered.push(id);
  };
  for (const id of [document.root.class, ...Object.keys(document.classes).sort()]) visit(id);
  return ordered;
}

/**
 * Python source that defines the classes, builds `model` from the document's seed and applies its settings. A document
 * with problems is written as far as it is understood.
 */
export function emitFlax(document: ModelDocument): string {
  const check = checkDocument(document);
  const imports = new Set<string>();
  const use = (line: string): void => void imports.add(line);
  const classes = orderClasses(document).flatMap((id) => {
    const instance = check.instancesOf(id)[0]?.instance;
    return instance ? [[...flaxClass(document, instance, use), '', '']] : [];
  });
  const root = findClass(document, document.root.class);
  const args = root
    ? [classArguments(root, document.root.args, { use }), `rngs=nnx.Rngs(${document.run.seed})`].filter(Boolean).join(', ')
    : '';
  const title = document.name.replaceAll(/\s+/g, ' ').trim();
  return [
    `# ${title === '' ? 'A model' : title}. Written by Espalier for Flax ${FLAX_VERSION}.`,
    ...[...imports].sort(),
    'from flax import nnx',
    '',
    '',
    ...classes.flat(),
    ...(root ? [`model = ${root.name}(${args})`] : []),
    ...document.settings.map(flaxSetting),
    ...document.views.map(flaxView),
    '',
  ].join('\n');
}
