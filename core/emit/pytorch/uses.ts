/** @file What is known of the values in a class over all of its uses: code is written once for all. */
import type { Instance } from '../../check/instance.ts';
import type { ClassId, MemberId, NodeId } from '../../document/schema.ts';
import type { ModelProgram } from '../../program/model-program.ts';
import type { Args, TensorSpec } from '../../spec/index.ts';

export class Uses {
  private readonly instances = new Map<ClassId, Set<Instance>>();

  constructor({ root }: ModelProgram) {
    const open = root ? [root.program.instance] : [];
    for (let instance = open.pop(); instance; instance = open.pop()) {
      const { id } = instance.class;
      const known = this.instances.get(id) ?? new Set();
      if (known.has(instance)) continue;
      this.instances.set(id, known.add(instance));
      for (const { elements } of instance.nodes.values()) open.push(...elements);
      for (const { elements } of instance.members.values()) open.push(...elements);
    }
  }

  /** What leaves a port in all uses: a length that differs is a name; undefined where the number of axes or the type differ, or nothing is known. */
  specOf(classId: ClassId, node: NodeId, port: string): TensorSpec | undefined {
    const specs = this.of(classId).map((instance) => instance.nodes.get(node)?.outputs[port]);
    const [first, ...others] = specs;
    if (!first || others.some((spec) => spec?.shape.length !== first.shape.length || spec.dtype !== first.dtype)) return undefined;
    const shape = first.shape.map((dim, axis) => (others.every((spec) => spec!.shape[axis] === dim) ? dim : 'length'));
    return { ...first, shape };
  }

  /** The arguments of an op that are not the same in all uses. */
  varyingOfNode(classId: ClassId, node: NodeId): ReadonlySet<string> {
    return varying(this.of(classId).map((instance) => instance.nodes.get(node)?.args));
  }

  /** The same of a member. */
  varyingOfMember(classId: ClassId, member: MemberId): ReadonlySet<string> {
    return varying(this.of(classId).map((instance) => instance.members.get(member)?.args));
  }

  private of(classId: ClassId): readonly Instance[] {
    return [...(this.instances.get(classId) ?? [])];
  }
}

const NONE: ReadonlySet<string> = new Set();

function varying(all: readonly (Args | undefined)[]): ReadonlySet<string> {
  const [first, ...others] = all;
  if (!first || others.length === 0) return NONE;
  return new Set(Object.keys(first).filter((name) => others.some((args) => JSON.stringify(args?.[name]) !== JSON.stringify(first[name]))));
}
