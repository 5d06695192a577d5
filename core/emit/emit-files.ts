/** @file Document to files with weights, by target. */
import { messageOf, shorten, type Problem } from '../document/problem.ts';
import { isKeyword } from '../document/names.ts';
import type { ModelDocument } from '../document/schema.ts';
import { ValueError } from '../nnx/errors.ts';
import { describeModel } from '../program/model-program.ts';
import { namelessIn, refusal } from './emit-document.ts';
import type { Refusal } from './refusal.ts';
import { writeProject } from './project/project.ts';
import type { RecordedValues } from './project/recorded.ts';
import type { EmittedFile, Target, WeightsContext } from './target.ts';
import { TARGETS, type TargetName } from './targets.gen.ts';

export type FilesResult =
  | { readonly ok: true; readonly files: readonly EmittedFile[] }
  | { readonly ok: false; readonly problem: Problem; readonly refused?: readonly Refusal[] };

export interface FilesOptions extends WeightsContext {
  /** Also all that makes a project of it: what loads the weights, what must be installed, how to run it, and a test against these values. */
  readonly recorded?: RecordedValues;
  /** Also what loads the weights. */
  readonly withLoader?: boolean;
}

/** The code and the weights. What the target cannot express is refused by its node, and then nothing is given. Never throws. */
export function emitFiles(
  document: ModelDocument,
  name: TargetName,
  { recorded, withLoader = false, ...context }: FilesOptions,
): FilesResult {
  const target = TARGETS[name];
  const { title, refuse, files, loader } = target;
  try {
    const wrong = moduleFault(context.module, target.language);
    if (wrong !== undefined) return fault('emit/module', wrong, 'Choose another name for the file.');
    const program = describeModel(document, { forCode: true });
    const refused = refuse?.(program) ?? [];
    if (refused.length > 0) return refusal(name, refused);
    if (!files)
      return fault('emit/no-weights', `Weights cannot be taken to ${title} yet.`, 'Take the code alone, or choose another target.');
    if (recorded) return { ok: true, files: writeProject(program, target, context, recorded) };
    return { ok: true, files: [...files(program, context), ...(withLoader && loader ? [loader(program, context.module)] : [])] };
  } catch (error) {
    const unnamed = namelessIn(document, error);
    if (unnamed) return { ok: false, problem: unnamed };
    const message = shorten(messageOf(error));
    if (error instanceof ValueError) return fault('emit/weights', message, 'Take the weights of this model.');
    return fault('internal/emit', `${title}: ${message}`, 'Report this, with the document.');
  }
}

/** Names of packages that the files import: a file of that name would be imported in their place. */
const PACKAGES = new Set(['flax', 'jax', 'numpy', 'torch', 'keras', 'safetensors', 'optax', 'onnxruntime', 'tensorflow', 'pathlib']);

/** Other files import the module by its name. */
function moduleFault(module: string, language: Target['language']): string | undefined {
  if (!/^[A-Za-z_]\w*$/.test(module) || isKeyword(module)) return `Expected a name that can be imported, got "${shorten(module)}".`;
  return language === 'python' && PACKAGES.has(module) ? `Expected another name than that of a package, got "${module}".` : undefined;
}

function fault(code: string, message: string, fix: string): FilesResult {
  return { ok: false, problem: { severity: 'error', code, scope: 'graph', place: {}, message, expected: 'files', got: message, fix } };
}
