/** @file What lies at a place of a run: the class, the node, and what a person calls it. */
import type { Check } from '../../check/answers.ts';
import type { Instance } from '../../check/instance.ts';
import type { GraphNode, Member, ModelDocument, NodeId, Path } from '../../document/schema.ts';
import { graphOf } from '../../graph/graph-of.ts';
import { nodeTitle } from '../../graph/node-name.ts';

export interface NodePlace {
  readonly instance: Path;
  readonly node: NodeId;
  readonly call?: number;
}

export class Places {
  readonly #instances: ReadonlyMap<string, Instance>;

  constructor(document: ModelDocument, check: Check) {
    const placed = Object.keys(document.classes).flatMap((id) => check.instancesOf(id));
    // Equal uses of classes may be listed below a root that does not use them: the root comes last, and stays.
    const root = check.root ? [['[]', check.root] as const] : [];
    this.#instances = new Map([...placed.map(({ path, instance }) => [JSON.stringify(path), instance] as const), ...root]);
  }

  instance(path: Path): Instance | undefined {
    return this.#instances.get(JSON.stringify(path));
  }

  node({ instance, node }: NodePlace): GraphNode | undefined {
    const used = this.instance(instance);
    return used && graphOf(used.class).node(node);
  }

  /** The type of an op, or null for any other node. */
  op(place: NodePlace): string | null {
    const node = this.node(place);
    return node?.kind === 'op' ? node.op : null;
  }

  /** The member that a node calls, behind aliases. */
  member(place: NodePlace): Member | undefined {
    const node = this.node(place);
    const used = this.instance(place.instance);
    return node?.kind === 'call' && used ? graphOf(used.class).behind(node.member) : undefined;
  }

  /** `relu`, `relu in blocks.0`, `shared in encoder, call 2`. */
  title({ instance, node, call = 0 }: NodePlace): string {
    const used = this.instance(instance);
    const item = used && graphOf(used.class).node(node);
    const where = instance.length === 0 ? '' : ` in ${instance.join('.')}`;
    return `${used && item ? nodeTitle(used.class, item) : node}${where}${call > 0 ? `, call ${call + 1}` : ''}`;
  }

  /** Where the graph calls a Module: the node of the nearest class above that calls the member it lies in. */
  callOf(module: Path): NodePlace | null {
    for (let length = module.length - 1; length >= 0; length--) {
      const instance = module.slice(0, length);
      const used = this.instance(instance);
      if (!used) continue;
      const graph = graphOf(used.class);
      const node = Object.values(used.class.nodes).find(
        (each) => each.kind === 'call' && graph.behind(each.member)?.name === module[length],
      );
      return node ? { instance, node: node.id } : null;
    }
    return null;
  }

  /** The output nodes of the root, in the order of results. */
  get outputs(): readonly NodeId[] {
    const root = this.instance([]);
    return root ? graphOf(root.class).outputs.map(({ id }) => id) : [];
  }
}
