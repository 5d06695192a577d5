/** @file Document and check as one description of the model, without text and without tensors: Modules are built and code is written from it. */
import type { Check } from '../check/answers.ts';
import { checkDocument } from '../check/check-document.ts';
import type { Instance } from '../check/instance.ts';
import { classesUsedBy, findClass } from '../document/find.ts';
import { filterByPath } from '../document/references.ts';
import type { Arguments, AttributeValue, ClassId, ModelDocument, PathFilter } from '../document/schema.ts';
import { describeClass, type ClassProgram, type MemberPlan } from './class-program.ts';
import { compileGraph } from './compile-graph.ts';
import { deriveSizes } from './derived-sizes.ts';
import { Faults } from './faults.ts';

/** A `train`, an `eval` or a `setAttributes`, with its filter by paths. */
export type SettingPlan =
  | { readonly id: string; readonly kind: 'train' | 'eval' }
  | { readonly id: string; readonly kind: 'set'; readonly only: PathFilter; readonly attributes: Readonly<Record<string, AttributeValue>> };

export interface ViewPlan {
  readonly id: string;
  readonly name: string;
  readonly only: PathFilter;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

export interface ModelProgram {
  readonly document: ModelDocument;
  readonly check: Check;
  /** What cannot be written as code. */
  readonly faults: Faults;
  /** Undefined where the document names no class as its root. */
  readonly root: { readonly program: ClassProgram; readonly args: Arguments } | undefined;
  /** Each class below the root once, as its first use finds it; those that are used before those that use them. */
  readonly classes: readonly ClassProgram[];
  readonly settings: readonly SettingPlan[];
  readonly views: readonly ViewPlan[];
  readonly seed: number;
}

/**
 * Describes the model of a document. Never throws; what is wrong is in `check`. `forCode` gives what was inferred as expressions of the fields
 * that it follows from, and leaves out of the forward passes the calls of members that cannot be written, be it for their names alone.
 */
export function describeModel(document: ModelDocument, { forCode = false } = {}): ModelProgram {
  const check = checkDocument(document);
  const faults = new Faults(document, check.problems);
  const sizes = forCode ? deriveSizes(document) : undefined;
  const programs = new Map<Instance, ClassProgram>();
  const programOf = (instance: Instance): ClassProgram => {
    let program = programs.get(instance);
    if (!program) {
      // The remembered instance may hold the class from before its latest probes.
      const modelClass = findClass(document, instance.class.id) ?? instance.class;
      const compile = (plans: readonly MemberPlan[]) => {
        if (!forCode) return compileGraph(document, modelClass, instance);
        const reasons = new Map(plans.map((plan) => [plan.id, faults.ofMember(modelClass.id, plan)]));
        return compileGraph(document, modelClass, instance, (member) => reasons.get(member));
      };
      programs.set(
        instance,
        (program = describeClass({ modelClass, instance, programOf, compile, sizes: sizes?.get(modelClass.id) ?? [] })),
      );
    }
    return program;
  };
  return {
    document,
    check,
    faults,
    root: check.root && { program: programOf(check.root), args: document.root.args },
    classes: classOrder(document).map((id) => programOf(check.instanceAt(id)!)),
    settings: document.settings.map((setting) =>
      setting.kind === 'set' ? { ...setting, only: filterByPath(document, setting.only) } : setting,
    ),
    views: document.views.map((view) => ({ ...view, only: filterByPath(document, view.only) })),
    seed: document.run.seed,
  };
}

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
