/** @file What can be mended in one edit at the selected node, or else first in the list of problems: the menus and the palette offer it. */
import type { Fix, Problem } from '../../core/document/index.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import { applyFix } from './apply-fix.ts';
import type { Command, CommandContext } from './command.ts';
import { showPlace } from './show-place.ts';

interface Offer {
  readonly fix: Fix;
  readonly problem: Problem;
}

/** The fixes of the selected node in the order of its problems, each once; of the first problem that has some where nothing is selected. */
function offers({ document, session, derived }: CommandContext): readonly Offer[] {
  const { lens, open, selection } = session.getState();
  const model = document.getState().document;
  const { nodes, wires, annotations, modules } = selection;
  const check = derived.check(model);
  if (nodes.length + wires.length + annotations.length + modules.length === 0) {
    const problem = check.problems.find(({ fixes }) => fixes);
    return (problem?.fixes ?? []).map((fix) => ({ fix, problem: problem! }));
  }
  const modelClass = findOpenClass(model, open);
  const [node, ...others] = nodes;
  if (lens !== 'flow' || !modelClass || node === undefined || others.length > 0) return [];
  const found = check
    .problemsAt(modelClass.id, open.at(-1)?.instance, node)
    .flatMap((problem) => (problem.fixes ?? []).map((fix): Offer => ({ fix, problem })));
  return found.filter(({ fix }, i) => found.findIndex((each) => each.fix.label === fix.label) === i);
}

/** As many as a menu shows. */
const COUNT = 3;

export const fixCommands: readonly Command[] = Array.from({ length: COUNT }, (_, i) => ({
  id: `fix-${i + 1}`,
  title: i === 0 ? 'Fix' : `Fix (choice ${i + 1})`,
  titleNow: (context) => {
    const offer = offers(context)[i];
    return offer ? `Fix: ${offer.fix.label}` : i === 0 ? 'Fix' : `Fix (choice ${i + 1})`;
  },
  group: 'edit',
  // The first stands for all in a menu; that of the canvas has each.
  ...(i === 0 ? {} : { inMenus: false as const }),
  section: 2,
  order: 90 + i,
  keys: i === 0 ? ['Alt+Enter'] : [],
  when: (context) => offers(context)[i] !== undefined,
  needs: 'There is nothing that one step would mend here.',
  run(context) {
    const offer = offers(context)[i];
    if (!offer) return;
    const isElsewhere = context.session.getState().selection.nodes.length === 0;
    if (applyFix(context, offer.fix) && isElsewhere) showPlace(context, offer.problem.place);
  },
}));
