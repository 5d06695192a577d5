/**
 * @file Document to live Module tree. A class of the document becomes a class of Modules under its own name; members are built
 * in their order from one `Rngs`, so that a seed gives the numbers that the emitted code gives.
 */
import { checkDocument } from '../check/check-document.ts';
import type { Instance, MemberResult } from '../check/instance.ts';
import { memberResults } from '../check/tree.ts';
import { forwardFields } from '../document/forward-fields.ts';
import { messageOf } from '../document/problem.ts';
import { filterByPath } from '../document/references.ts';
import type { ClassId, InputNode, Member, ModelDocument, Path } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { dispose } from '../nnx/dispose.ts';
import { List } from '../nnx/list.ts';
import { type CallableModule, Module } from '../nnx/module.ts';
import { Rngs } from '../nnx/rngs.ts';
import { findDescriptor } from '../registry.gen.ts';
import type { ArgsOf, ParamSpecs } from '../spec/index.ts';
import type { tf } from '../tensor/tf.ts';
import { BuildError, errorOfProblem } from './build-error.ts';
import { Observation, type Observe } from './observe.ts';
import { compileGraph, type Program } from '../program/compile-graph.ts';
import { runProgram } from './run-program.ts';
import { toModuleFilter } from './to-filter.ts';

/** A live model: tensors in the order of `inputs`; a tensor out, or an array if there are several outputs. */
export type LiveModel = CallableModule<tf.Tensor[], tf.Tensor | readonly tf.Tensor[]>;

export interface BuiltModel {
  /** Owns its Variables; whoever built it disposes it. */
  readonly model: LiveModel;
  /** In the order of arguments. */
  readonly inputs: readonly InputNode[];
  /** In the order of results. */
  readonly outputNames: readonly string[];
  /** Runs `f` while `observe` sees every value that leaves a port. */
  observing<T>(observe: Observe, f: () => T): T;
}

export interface BuildOptions {
  /** By default `new Rngs(run.seed)`. */
  readonly rngs?: Rngs;
}

/**
 * Builds the root and replays the settings. A graph that is not sound does not hinder it, as the tree is wanted while one designs:
 * then `call` throws the first problem.
 * @throws BuildError if a member cannot be built or a setting finds nothing; no tensor is left behind.
 */
export function buildModel(document: ModelDocument, { rngs = new Rngs(document.run.seed) }: BuildOptions = {}): BuiltModel {
  const { root, problems } = checkDocument(document);
  if (!root) throw errorOfProblem(problems[0]!);
  const tooLarge = problems.find((each) => each.severity === 'error' && each.code.startsWith('size/'));
  if (tooLarge) throw errorOfProblem(tooLarge);
  const builder = new Builder(document, rngs);
  const model = builder.build(root, []);
  try {
    replaySettings(document, model);
  } catch (error) {
    dispose(model);
    throw error;
  }
  return {
    model,
    inputs: graphOf(root.class).inputs,
    outputNames: graphOf(root.class).outputs.map((node) => node.name),
    observing: (observe, f) => builder.observation.during(observe, f),
  };
}

/** Applies `train`, `eval` and `setAttributes` in their order. */
export function replaySettings(document: ModelDocument, model: Module): void {
  for (const setting of document.settings) {
    try {
      if (setting.kind === 'set') model.setAttributes(setting.attributes, { only: toModuleFilter(filterByPath(document, setting.only)) });
      else model[setting.kind]();
    } catch (error) {
      const hint = 'Change the filter or the attributes of the setting, or remove it.';
      throw new BuildError(messageOf(error), { code: 'setting/no-match', hint, cause: error });
    }
  }
}

type ModuleClass = new () => LiveModel;

class Builder {
  readonly observation = new Observation();
  private readonly bases = new Map<ClassId, typeof Module>();
  constructor(
    private readonly document: ModelDocument,
    private readonly rngs: Rngs,
  ) {}

  build(instance: Instance, path: Path): LiveModel {
    const module = new (this.classOf(instance, path))();
    try {
      this.assemble(module as unknown as Record<string, unknown>, instance, path);
    } catch (error) {
      dispose(module);
      throw error;
    }
    return module;
  }

  /** Fields that the forward pass needs, members in their order, then aliases where they stand. */
  private assemble(attributes: Record<string, unknown>, instance: Instance, path: Path): void {
    const { members } = instance.class;
    const graph = graphOf(instance.class);
    for (const field of programFields(instance)) attributes[field] = instance.scope[field]?.value ?? null;
    const built = new Map<string, unknown>();
    for (const [member, result] of memberResults(instance)) {
      const made = this.member(member, result, path);
      built.set(member.id, made);
      attributes[member.name] = made;
    }
    for (const member of members) {
      if (member.aliasOf === undefined) continue;
      const target = graph.behind(member.id);
      if (target) attributes[member.name] = built.get(target.id);
    }
  }

  private member(member: Member, result: MemberResult, path: Path): Module {
    const at = [...path, member.name];
    if (!result.isComplete) throw this.incomplete(member, at);
    if (result.repeat === null) return this.element(result, 0, at);
    const elements: Module[] = [];
    try {
      for (let i = 0; i < result.repeat; i++) elements.push(this.element(result, i, [...at, i]));
    } catch (error) {
      for (const element of elements) dispose(element);
      throw error;
    }
    return new List(elements);
  }

  private element(result: MemberResult, index: number, path: Path): Module {
    const nested = result.elements[index];
    if (nested) return this.build(nested, path);
    const descriptor = findDescriptor(result.type);
    if (descriptor?.kind !== 'layer')
      throw new BuildError(`No layer type ${result.type}.`, { code: 'type/unknown', hint: 'Replace it.', path });
    try {
      return descriptor.make(result.args as ArgsOf<ParamSpecs>, { rngs: this.rngs });
    } catch (error) {
      const hint = 'Change the arguments of the layer.';
      throw new BuildError(`${path.join('.')}: ${messageOf(error)}`, { code: 'build/member', hint, path, cause: error });
    }
  }

  private incomplete(member: Member, path: Path): BuildError {
    const problem = checkDocument(this.document).problems.find((each) => each.severity === 'error' && each.place.member === member.id);
    if (problem) return errorOfProblem(problem, path);
    const message = `${path.join('.')} (${member.type}) cannot be built: an argument is not known.`;
    return new BuildError(message, {
      code: 'build/member',
      hint: 'Mend the problems of the graph first: what is inferred depends on them.',
      path,
    });
  }

  /**
   * A class for one instance, below one for the class of the document, so that filters and copies (views, clones) treat it as any
   * other Module: what an instance knows besides its attributes lies in its class.
   */
  private classOf(instance: Instance, path: Path): ModuleClass {
    const { document, observation } = this;
    const typeName = instance.class.name;
    let base = this.bases.get(instance.class.id);
    if (!base) {
      base = class extends Module {
        static override readonly typeName: string = typeName;
      };
      this.bases.set(instance.class.id, base);
    }
    let program: Program | undefined;
    return class extends base {
      static override readonly typeName: string = typeName;
      call(...inputs: tf.Tensor[]): tf.Tensor | readonly tf.Tensor[] {
        program ??= compileSound(document, instance, path);
        return runProgram(this, program, inputs, observation);
      }
    };
  }
}

function compileSound(document: ModelDocument, instance: Instance, path: Path): Program {
  const { id } = instance.class;
  const problem = checkDocument(document)
    .problemsAt(id, path)
    .find((each) => each.severity === 'error' && each.scope === 'graph');
  if (problem) throw errorOfProblem(problem, path);
  return compileGraph(document, instance, path);
}

function programFields(instance: Instance): readonly string[] {
  return forwardFields(instance.class).map((field) => field.name);
}
