/** @file Using a member otherwise by a node: what came in and went out stays as far as there are ports for it. */
import { changeClass, changeNode, getClass, getNode } from '../document/edits/change.ts';
import { EditError } from '../document/edits/edit-error.ts';
import type { ClassId, MemberUse, ModelDocument, NodeId, PortRef } from '../document/schema.ts';
import { nodePorts } from './ports.ts';

/** Lets a node call its member, call another method of it, or read a Variable. Ports keep their wires and probes in their order. */
export function setMemberUse(document: ModelDocument, classId: ClassId, id: NodeId, { method, variable }: MemberUse): ModelDocument {
  const node = getNode(getClass(document, classId), id);
  if (node.kind !== 'call') throw new EditError('a node that calls a member', node.kind, 'Select a call.');
  const { method: _method, variable: _variable, ...call } = node;
  const use = { ...(method === undefined ? {} : { method }), ...(variable === undefined ? {} : { variable }) };
  const before = nodePorts(document, classId, id);
  const changed = changeClass(document, classId, (each) => changeNode(each, id, () => ({ ...call, ...use })));
  const after = nodePorts(changed, classId, id);
  if (!before || !after) return changed;
  const moved = (side: 'inputs' | 'outputs', { node: at, port }: PortRef): PortRef | undefined => {
    if (at !== id) return { node: at, port };
    const to = Object.keys(after[side])[Object.keys(before[side]).indexOf(port)];
    return to === undefined ? undefined : { node: at, port: to };
  };
  return changeClass(changed, classId, (modelClass) => {
    const wires = Object.values(modelClass.wires).flatMap((wire) => {
      const [from, to] = [moved('outputs', wire.from), moved('inputs', wire.to)];
      return from && to ? [[wire.id, { ...wire, from, to }] as const] : [];
    });
    const probes = modelClass.probes.flatMap((probe) => {
      const at = moved('outputs', probe.at);
      return at ? [{ ...probe, at }] : [];
    });
    return { ...modelClass, wires: Object.fromEntries(wires), probes };
  });
}
