/**
 * @file Document to live Module tree. A class of the document becomes a class of Modules under its own name; members are built
 * in their order from one `Rngs`, so that a seed gives the numbers that the emitted code gives.
 */
import { messageOf } from '../document/problem.ts';
import type { ClassId, InputNode, ModelDocument, Path } from '../document/schema.ts';
import { graphOf } from '../graph/graph-of.ts';
import { dispose } from '../nnx/dispose.ts';
import { List } from '../nnx/list.ts';
import { type CallableModule, Module } from '../nnx/module.ts';
import { Rngs } from '../nnx/rngs.ts';
import type { Param } from '../nnx/variable.ts';
import type { ClassProgram, MadeMember, MadePlan } from '../program/class-program.ts';
import { describeModel, type ModelProgram, type SettingPlan } from '../program/model-program.ts';
import type { ArgsOf, ParamSpecs } from '../spec/index.ts';
import type { tf } from '../tensor/tf.ts';
import { BuildError, errorOfProblem } from './build-error.ts';
import { Observation, type Observe, type RunningNode } from './observe.ts';
import { runProgram, type PlacedProgram } from './run-program.ts';
import { standIn } from './stand-in.ts';
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
  /** Runs `f` while `observe` sees every value that leaves a port; `f` may ask which node is running. */
  observing<T>(observe: Observe, f: (running: () => RunningNode | null) => T, onStep?: (node: RunningNode) => void): T;
}

export interface BuildOptions {
  /** By default `new Rngs(run.seed)`. */
  readonly rngs?: Rngs;
  /** Takes what cannot be built, and goes on: a Module without Variables stands for it, a Param is left out. By default it is thrown. */
  readonly onUnbuilt?: (error: BuildError) => void;
  /** Called before each member is made. What it throws ends the building; no tensor is left behind. */
  readonly onMember?: () => void;
}

/**
 * Builds the root and replays the settings. A graph that is not sound does not hinder it, as the tree is wanted while one designs:
 * then `call` throws the first problem.
 * @throws BuildError if a member cannot be built, or a setting finds nothing that only the live Module could tell; no tensor is left behind.
 */
export function buildModel(document: ModelDocument, options: BuildOptions = {}): BuiltModel {
  const { rngs = new Rngs(document.run.seed), onUnbuilt } = options;
  const program = describeModel(document);
  const { root, check, settings } = program;
  if (!root) throw errorOfProblem(check.problems[0]!);
  const tooLarge = check.problems.find((each) => each.severity === 'error' && each.code.startsWith('size/'));
  if (tooLarge) throw errorOfProblem(tooLarge);
  // What is known to find nothing is a problem in the list, and left out here as in code: a Module that is gone takes no other with it.
  const unsound = new Set(check.problems.flatMap(({ severity, place }) => (severity === 'error' ? [place.setting] : [])));
  const builder = new Builder(program, rngs, options);
  const model = builder.build(root.program, []);
  try {
    replaySettings(
      settings.filter(({ id }) => !unsound.has(id)),
      model,
      onUnbuilt,
    );
  } catch (error) {
    dispose(model);
    throw error;
  }
  const { inputs, outputs } = graphOf(root.program.class);
  return {
    model,
    inputs,
    outputNames: outputs.map((node) => node.name),
    observing: (observe, f, onStep) => builder.observation.during(observe, f, onStep),
  };
}

/** Applies `train`, `eval` and `setAttributes` in their order. */
function replaySettings(settings: readonly SettingPlan[], model: Module, onUnbuilt: BuildOptions['onUnbuilt']): void {
  for (const setting of settings) {
    try {
      if (setting.kind === 'set') model.setAttributes(setting.attributes, { only: toModuleFilter(setting.only) });
      else model[setting.kind]();
    } catch (error) {
      const hint = 'Change the filter or the attributes of the setting, or remove it.';
      const refusal = new BuildError(messageOf(error), { code: 'setting/no-match', hint, cause: error });
      if (!onUnbuilt) throw refusal;
      onUnbuilt(refusal);
    }
  }
}

type ModuleClass = new () => LiveModel;
type Made = Module | Param;

/** Nothing stands for a Param. */
function standInOf(plan: MadeMember): Module | undefined {
  return plan.kind === 'layer' && plan.descriptor.isVariable === true ? undefined : standIn(plan);
}

function asArray<T>(item: T | undefined): readonly T[] {
  return item === undefined ? [] : [item];
}

class Builder {
  readonly observation = new Observation();
  private readonly bases = new Map<ClassId, typeof Module>();
  constructor(
    private readonly model: ModelProgram,
    private readonly rngs: Rngs,
    private readonly options: Pick<BuildOptions, 'onUnbuilt' | 'onMember'>,
  ) {}

  build(program: ClassProgram, path: Path): LiveModel {
    const module = new (this.classOf(program, path))();
    try {
      this.assemble(module as unknown as Record<string, unknown>, program, path);
    } catch (error) {
      dispose(module);
      throw error;
    }
    return module;
  }

  /** Fields that the forward pass needs, then members in their order. */
  private assemble(attributes: Record<string, unknown>, program: ClassProgram, path: Path): void {
    const { stored, instance, members } = program;
    for (const { name } of stored) attributes[name] = instance.scope[name]?.value ?? null;
    for (const plan of members) {
      const made =
        plan.kind === 'alias' ? plan.target && attributes[plan.target.attribute] : this.member(plan, program, [...path, plan.attribute]);
      if (made !== undefined) attributes[plan.attribute] = made;
    }
  }

  private member(plan: MadeMember, { id }: ClassProgram, path: Path): Made | undefined {
    const isComplete = plan.result.isComplete;
    if (!isComplete) this.unbuilt(this.incomplete(plan, id, path));
    const make = (i: number, at: Path): Made | undefined =>
      isComplete || (plan.kind === 'class' && plan.elements[i]) ? this.madeOrStandIn(plan, i, at) : standInOf(plan);
    if (plan.repeat === null) return make(0, path);
    const elements: Made[] = [];
    try {
      for (let i = 0; i < plan.repeat.count; i++) elements.push(...asArray(make(i, [...path, i])));
    } catch (error) {
      for (const element of elements) dispose(element);
      throw error;
    }
    return new List(elements);
  }

  /** @throws what hinders the building, unless one goes on without. */
  private unbuilt(error: BuildError): void {
    if (!this.options.onUnbuilt) throw error;
    this.options.onUnbuilt(error);
  }

  private madeOrStandIn(plan: MadeMember, index: number, path: Path): Made | undefined {
    try {
      return this.element(plan, index, path);
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      this.unbuilt(error);
      return standInOf(plan);
    }
  }

  private element(plan: MadeMember, index: number, path: Path): Made {
    this.options.onMember?.();
    switch (plan.kind) {
      case 'class':
        return this.build(plan.elements[index]!, path);
      case 'unknown':
        throw new BuildError(`No layer type ${plan.member.type}.`, { code: 'type/unknown', hint: 'Replace it.', path });
      case 'layer':
        try {
          return plan.descriptor.make(plan.args as ArgsOf<ParamSpecs>, { rngs: this.rngs });
        } catch (error) {
          const hint = 'Change the arguments of the layer.';
          throw new BuildError(`${path.join('.')}: ${messageOf(error)}`, { code: 'build/member', hint, path, cause: error });
        }
    }
  }

  private incomplete({ member }: MadePlan, classId: ClassId, path: Path): BuildError {
    const problem = this.model.check.problems.find(
      ({ severity, place }) => severity === 'error' && place.member === member.id && place.class === classId,
    );
    if (problem) return errorOfProblem(problem, path);
    const message = `${path.join('.')} (${member.type}) cannot be built: an argument is not known.`;
    const hint = 'Mend the problems of the graph first: what is inferred depends on them.';
    return new BuildError(message, { code: 'build/member', hint, path });
  }

  /**
   * A class for one instance, below one for the class of the document, so that filters and copies (views, clones) treat it as any
   * other Module: what an instance knows besides its attributes lies in its class.
   */
  private classOf(program: ClassProgram, path: Path): ModuleClass {
    const { model, observation } = this;
    const typeName = program.name;
    let base = this.bases.get(program.id);
    if (!base) {
      base = class extends Module {
        static override readonly typeName: string = typeName;
      };
      this.bases.set(program.id, base);
    }
    let placed: PlacedProgram | undefined;
    return class extends base {
      static override readonly typeName: string = typeName;
      call(...inputs: tf.Tensor[]): tf.Tensor | readonly tf.Tensor[] {
        placed ??= placeSound(model, program, path);
        return runProgram(this, placed, inputs, observation);
      }
    };
  }
}

function placeSound({ check }: ModelProgram, program: ClassProgram, path: Path): PlacedProgram {
  const problem = check.problemsAt(program.id, path).find((each) => each.severity === 'error' && each.scope === 'graph');
  if (problem) throw errorOfProblem(problem, path);
  return { program: program.running, path };
}
