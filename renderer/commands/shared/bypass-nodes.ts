/** @file Bypassing nodes of the open class, or letting them compute again. Those that nothing could go through are named, with the reason. */
import { whyNotBypass } from '../../../core/check/index.ts';
import { problemText, setBypass, type ModelClass, type NodeId } from '../../../core/document/index.ts';
import { nodeName } from '../../../core/graph/index.ts';
import { editOrTell } from '../../state/edit-or-tell.ts';
import type { Services } from '../../state/services.ts';
import { formatPlural } from '../../ui/format.ts';

export function bypassNodes(
  context: Pick<Services, 'document' | 'session' | 'check' | 'dialogs'>,
  openClass: ModelClass,
  nodes: readonly NodeId[],
  bypass: boolean,
): void {
  const { document, session, check, dialogs } = context;
  const instance = check.getState().check.instanceAt(openClass.id, session.getState().open.at(-1)?.instance);
  const nameOf = (id: NodeId): string => nodeName(openClass, openClass.nodes[id]!);
  const refusals = new Map(
    nodes.flatMap((id) => {
      const reason = bypass && instance ? whyNotBypass(instance, id) : undefined;
      return reason ? [[id, `${nameOf(id)} was not bypassed. ${problemText(reason)}`] as const] : [];
    }),
  );
  const able = nodes.filter((id) => !refusals.has(id));
  const [told] = refusals.values();
  if (told !== undefined) {
    const others = refusals.size === 1 ? '' : ` So it is with ${formatPlural(refusals.size - 1, 'other')}.`;
    dialogs.tell(told + others, able.length === 0 ? 'error' : 'info');
  }
  if (able.length === 0) return;
  const what = able.length === 1 ? nameOf(able[0]!) : formatPlural(able.length, 'node');
  editOrTell({ document, dialogs }, bypass ? `Bypass ${what}` : `Stop bypassing ${what}`, (model) =>
    setBypass(model, openClass.id, able, bypass),
  );
}
