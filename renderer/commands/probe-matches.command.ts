import { nodePorts } from '../../core/check/index.ts';
import { setProbe, type ModelDocument, type Path } from '../../core/document/index.ts';
import { editOrTell } from '../state/edit-or-tell.ts';
import { formatPlural } from '../ui/format.ts';
import type { Command, CommandContext } from './command.ts';
import { matchedCalls } from './shared/matched-calls.ts';

/** Sows what each match gives, wherever it is called: one step. */
export const probeMatchesCommand: Command = {
  id: 'probe-matches',
  title: 'Probe What the Filter Matches',
  group: 'edit',
  section: 3.3,
  submenu: 'Select',
  order: 32,
  keys: [],
  when: ({ runs, session }) => session.getState().filterActive && (runs.getState().match?.paths.length ?? 0) > 0,
  run(context: CommandContext) {
    const { dialogs, runs } = context;
    const match = runs.getState().match;
    if (!match) return;
    const before = probeCount(context.document.getState().document);
    const isDone = editOrTell(context, `Probe ${match.text.trim()}`, (document) => probeModules(document, match.paths));
    if (!isDone) return;
    const added = probeCount(context.document.getState().document) - before;
    dialogs.tell(
      added === 0
        ? 'Each match is probed, or is called nowhere.'
        : `${formatPlural(added, 'probe')} set. Run to see what ${added === 1 ? 'it carries' : 'they carry'}.`,
      'info',
    );
  },
};

function probeModules(document: ModelDocument, paths: readonly Path[]): ModelDocument {
  let probed = document;
  for (const { class: classId, nodes } of matchedCalls(document, paths)) {
    for (const node of nodes) {
      const [port] = Object.keys(nodePorts(document, classId, node)?.outputs ?? {});
      const at = port === undefined ? undefined : { node, port };
      const isProbed = probed.classes[classId]?.probes.some(
        (probe) => probe.kind === 'sow' && probe.at.node === node && probe.at.port === port,
      );
      if (at && !isProbed) probed = setProbe(probed, classId, { at, kind: 'sow' }).document;
    }
  }
  return probed;
}

function probeCount(document: ModelDocument): number {
  return Object.values(document.classes).reduce((sum, { probes }) => sum + probes.length, 0);
}
