/** @file What cannot be written as code, and why: the first error at each part. What hangs on such a part cannot be written either. */
import type { Place, Problem } from '../document/problem.ts';
import type { ClassId, ModelDocument } from '../document/schema.ts';
import { findNode } from '../document/find.ts';
import type { MemberPlan } from './class-program.ts';

export class Faults {
  private readonly byPart = new Map<string, string>();

  constructor(document: ModelDocument, problems: readonly Problem[]) {
    for (const { severity, scope, place, message } of problems) {
      if (severity !== 'error' || scope === 'run') continue;
      // What is wrong with the arguments of a member is found where it is called first.
      if (scope === 'graph' && (place.member === undefined || place.param === undefined)) continue;
      const part = partOf(document, place);
      if (part !== undefined && !this.byPart.has(part)) this.byPart.set(part, message);
    }
  }

  /** Of a class as a whole: its name, its fields and its inputs make its head. */
  ofClass(id: ClassId): string | undefined {
    return this.byPart.get(`class ${id}`);
  }

  ofMember(classId: ClassId, plan: MemberPlan): string | undefined {
    const own = this.byPart.size === 0 ? undefined : this.byPart.get(`member ${classId} ${plan.id}`);
    if (own !== undefined) return own;
    if (plan.kind === 'alias') return plan.target === undefined ? 'It names no member.' : this.ofMember(classId, plan.target);
    const error = plan.result.problems.find((each) => each.severity === 'error');
    if (error) return error.message;
    if (plan.kind === 'class') return this.ofClass(plan.of);
    if (plan.kind === 'unknown') return 'Its type is not known.';
    const isOpen = Object.keys(plan.descriptor.params).some((name) => plan.args[name] === undefined && plan.given[name] === undefined);
    return isOpen ? 'What comes in is not known yet.' : undefined;
  }

  ofProbe(classId: ClassId, id: string): string | undefined {
    return this.byPart.get(`probe ${classId} ${id}`);
  }

  ofSetting(id: string): string | undefined {
    return this.byPart.get(`setting ${id}`);
  }

  ofView(id: string): string | undefined {
    return this.byPart.get(`view ${id}`);
  }
}

function partOf(document: ModelDocument, place: Place): string | undefined {
  if (place.setting !== undefined) return `setting ${place.setting}`;
  if (place.view !== undefined) return `view ${place.view}`;
  if (place.class === undefined) return undefined;
  if (place.probe !== undefined) return `probe ${place.class} ${place.probe}`;
  if (place.member !== undefined) return `member ${place.class} ${place.member}`;
  if (place.node === undefined) return `class ${place.class}`;
  const modelClass = document.classes[place.class];
  return modelClass && findNode(modelClass, place.node)?.kind === 'input' ? `class ${place.class}` : undefined;
}
