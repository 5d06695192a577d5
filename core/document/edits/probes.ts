/** @file Probes: `sow` and `perturb` on the value that leaves a port. Names are unique within a class and kind. */
import { isSamePort } from '../find.ts';
import { nextId } from '../ids.ts';
import { uniqueName } from '../names.ts';
import type { ClassId, GraphNode, ModelClass, ModelDocument, PortRef, Probe } from '../schema.ts';
import { changeClass, checkName, getNode, kept } from './change.ts';
import { EditError } from './edit-error.ts';

export interface NewProbe {
  readonly at: PortRef;
  readonly kind: Probe['kind'];
  /** By default made from the node, such as `linear1`. */
  readonly name?: string;
  readonly variableType?: string;
}

const DEFAULT_TYPES = { sow: 'Intermediate', perturb: 'Perturbation' } as const;

/** Sets a probe. A port takes one of each kind: setting it again renames it. */
export function setProbe(
  document: ModelDocument,
  classId: ClassId,
  given: NewProbe,
): { readonly document: ModelDocument; readonly probe: string } {
  let id = '';
  const changed = changeClass(document, classId, (modelClass) => {
    const node = getNode(modelClass, given.at.node);
    if (node.kind === 'output') {
      throw new EditError('a port that a value leaves', 'an output of the class', 'Probe the wire that leads to it.');
    }
    const present = modelClass.probes.find((probe) => probe.kind === given.kind && isSamePort(probe.at, given.at));
    id =
      present?.id ??
      nextId(
        'p',
        modelClass.probes.map((probe) => probe.id),
      );
    const others = modelClass.probes.filter((probe) => probe.id !== id && probe.kind === given.kind).map((probe) => probe.name);
    const taken = [...others, ...modelClass.members.map((member) => member.name)];
    const name = given.name ?? present?.name ?? uniqueName(defaultName(modelClass, node), taken);
    checkName(name, 'probe', others);
    const variableType = given.variableType ?? present?.variableType ?? DEFAULT_TYPES[given.kind];
    if (present?.name === name && present.variableType === variableType) return modelClass;
    const probe: Probe = { ...present, id, at: { node: given.at.node, port: given.at.port }, kind: given.kind, name, variableType };
    const probes = present ? modelClass.probes.map((each) => (each === present ? probe : each)) : [...modelClass.probes, probe];
    return { ...modelClass, probes };
  });
  return { document: changed, probe: id };
}

/**
 * What a probe on this node is called unless the user says otherwise. Never as a member: what is captured under the name of a member
 * replaces what is captured inside it.
 */
function defaultName(modelClass: ModelClass, node: GraphNode): string {
  if (node.kind === 'call') return `${modelClass.members.find((member) => member.id === node.member)?.name ?? 'value'}Out`;
  if (node.kind === 'op') return node.op;
  return node.kind === 'constant' ? 'constant' : node.name;
}

/** Renames what is captured. @throws EditError for a name that another probe of this kind in the class has. */
export function renameProbe(document: ModelDocument, classId: ClassId, probeId: string, name: string): ModelDocument {
  const probe = document.classes[classId]?.probes.find((each) => each.id === probeId);
  if (!probe) throw new EditError('a probe of the class', `"${probeId}"`, 'Select a probe that exists.');
  return setProbe(document, classId, { at: probe.at, kind: probe.kind, name }).document;
}

/** Removes a probe; the same document if there is none. */
export function removeProbe(document: ModelDocument, classId: ClassId, probeId: string): ModelDocument {
  return changeClass(document, classId, (modelClass) => {
    const probes = kept(modelClass.probes, (probe) => probe.id !== probeId);
    return probes === modelClass.probes ? modelClass : { ...modelClass, probes };
  });
}
