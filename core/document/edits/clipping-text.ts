/**
 * @file What was copied, as text for the clipboard of the system: a document of its own, whose root class holds the selection. So it is read,
 * checked and migrated as any file is, can be kept as one, and any document can be pasted.
 */
import { VERSION, type ModelClass } from '../schema.ts';
import { newDocument } from '../new-document.ts';
import { nextId } from '../ids.ts';
import { uniqueName } from '../names.ts';
import { parseDocument } from '../parse.ts';
import { writeDocument } from '../write.ts';
import { classesBehind } from './bring-classes.ts';
import type { Clipping } from './clipboard.ts';

export function writeClipping({ members, nodes, wires, probes, layout, annotations, classes }: Clipping): string {
  const taken = classes.map((each) => each.id);
  const id = nextId('c', taken);
  const name = uniqueName(
    'Clipping',
    classes.map((each) => each.name),
  );
  const holder: ModelClass = {
    id,
    name,
    doc: '',
    fields: [],
    members,
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    wires: Object.fromEntries(wires.map((wire) => [wire.id, wire])),
    probes,
    layout,
    ...(annotations.length > 0 ? { annotations } : {}),
  };
  const all = Object.fromEntries([...classes, holder].map((each) => [each.id, each]));
  return writeDocument({ ...newDocument('Clipping'), version: VERSION, classes: all, root: { class: id, args: {} } });
}

/** What a text holds, or why it cannot be pasted, for the user. Never throws. */
export function readClipping(text: string): { readonly clipping: Clipping } | { readonly message: string } {
  const other = 'The clipboard holds no part of a model. Copy nodes first.';
  if (!text.trimStart().startsWith('{')) return { message: other };
  const result = parseDocument(text);
  if (!result.ok) return { message: result.refusals.some(({ code }) => code === 'version') ? result.refusals[0]!.message : other };
  const { document } = result;
  const root = document.classes[document.root.class];
  if (!root) return { message: other };
  const { members, probes, layout, annotations = [] } = root;
  return {
    clipping: {
      members,
      nodes: Object.values(root.nodes),
      wires: Object.values(root.wires),
      probes,
      layout,
      annotations,
      incoming: [],
      classes: classesBehind(document, members),
    },
  };
}
