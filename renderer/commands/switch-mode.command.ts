import { resolvePath, switchAttributes, type ModuleRef, type Path } from '../../core/document/index.ts';
import { graphOf } from '../../core/graph/index.ts';
import { editOrTell } from '../state/edit-or-tell.ts';
import { formatPath, parsePathKey } from '../state/paths.ts';
import { modesWithin } from '../state/runs/modes.ts';
import { findModule } from '../state/runs/store.ts';
import type { Command, CommandContext } from './command.ts';
import { selectedNodes } from './shared/selected-nodes.ts';

/** Sets one mode, such as `decode`, of the Modules at some paths; without a name, the attributes by which they train or evaluate. */
export function switchMode(context: CommandContext, paths: readonly Path[], what: string, name: string, value: boolean): void {
  const modules = context.runs.getState().modules;
  const within = name === '' ? paths.flatMap((path) => modesWithin(modules, path) ?? []) : [];
  const names = name === '' ? [...new Set(within.flatMap((each) => each.names))] : [name];
  const all = name === '' ? within.flatMap((each) => each.paths) : paths;
  const isPlain = name === '' || name === 'deterministic' || name === 'useRunningAverage';
  const label = isPlain ? `Set ${what} to ${value ? 'eval' : 'train'}` : `Set ${name} of ${what} to ${value}`;
  editOrTell(context, label, (document) => {
    const refs = new Map<string, ModuleRef>();
    for (const path of all) {
      const ref = resolvePath(document, path);
      if (ref) refs.set(JSON.stringify(ref), ref);
    }
    const attributes = Object.fromEntries(names.map((each) => [each, value]));
    return refs.size === 0 ? document : switchAttributes(document, [...refs.values()], attributes);
  });
}

/** The paths of what is selected, in either lens. */
function selectedPaths(context: CommandContext): readonly Path[] {
  const selected = selectedNodes(context);
  if (!selected) return context.session.getState().selection.modules.map(parsePathKey);
  const { openClass, open, nodes } = selected;
  const graph = graphOf(openClass);
  return nodes.flatMap((id) => {
    const node = openClass.nodes[id];
    const member = node?.kind === 'call' ? graph.behind(node.member) : undefined;
    return member ? [[...(open.at(-1)?.instance ?? []), member.name]] : [];
  });
}

interface Target {
  readonly paths: readonly Path[];
  readonly what: string;
  readonly next: boolean;
}

function targetOf({ runs }: CommandContext, selected: readonly Path[]): Target | undefined {
  const { modules } = runs.getState();
  const paths = selected.filter((path) => modesWithin(modules, path) !== undefined);
  if (paths.length === 0) return undefined;
  const within = paths.map((path) => modesWithin(modules, path)!);
  const what = paths.length === 1 ? formatPath(paths[0]!) : `${paths.length} modules`;
  return { paths, what, next: within.some(({ on, total }) => on < total) };
}

/** Just made, as by a group, it is not part of the live model yet, which alone knows what has modes. */
function isBeingBuilt({ runs }: CommandContext, paths: readonly Path[]): boolean {
  const { modules, buildProblem } = runs.getState();
  return buildProblem === null && paths.some((path) => findModule(modules, path) === undefined);
}

/** Whether the live model is known of the document as it is now; false where the document changes before, or cannot be built. */
function onceBuilt({ runs, document }: CommandContext): Promise<boolean> {
  const { modules } = runs.getState();
  const wanted = document.getState().document;
  return new Promise((resolve) => {
    const end = (isBuilt: boolean): void => {
      for (const stop of stops) stop();
      resolve(isBuilt);
    };
    const stops = [
      runs.subscribe((state) => {
        if (state.buildProblem) end(false);
        else if (state.modules !== modules) end(true);
      }),
      document.subscribe((state) => {
        if (state.document !== wanted) end(false);
      }),
    ];
  });
}

/** What is selected trains or evaluates, whatever the model does: a setting, in one step. */
export const switchModeCommand: Command = {
  id: 'switch-mode-of-selection',
  title: 'Switch What Is Selected Between Train and Eval',
  titleNow(context) {
    const target = targetOf(context, selectedPaths(context));
    return target ? `Set ${target.what} to ${target.next ? 'Eval' : 'Train'}` : 'Switch What Is Selected Between Train and Eval';
  },
  group: 'run',
  section: 1,
  order: 20,
  keys: ['Shift+E'],
  needs: 'Select a node first that has a mode.',
  when(context) {
    const paths = selectedPaths(context);
    return targetOf(context, paths) !== undefined || isBeingBuilt(context, paths);
  },
  async run(context) {
    const paths = selectedPaths(context);
    const wait = targetOf(context, paths) === undefined && isBeingBuilt(context, paths);
    if (wait && !(await onceBuilt(context))) return;
    const target = targetOf(context, paths);
    if (target) switchMode(context, target.paths, target.what, '', target.next);
    else context.dialogs.tell('Nothing of what is selected does in training what it does not in evaluation.', 'info');
  },
};
