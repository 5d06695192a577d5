import { classIdOf, resolveMember, uniqueName } from '../../core/document/index.ts';
import { graphOf } from '../../core/graph/index.ts';
import { focusedItem } from '../state/derived/focused-item.ts';
import { focusInspector } from './focus-fields.command.ts';
import { findOpenClass } from '../state/derived/open-class.ts';
import type { OpenStep } from '../state/session/store.ts';
import { addWired } from './add-type.ts';
import type { Command, CommandContext } from './command.ts';

export const newClassCommand: Command = {
  id: 'new-class',
  title: 'New Class',
  group: 'edit',
  section: 3.6,
  submenu: 'Class',
  order: 10,
  keys: ['Mod+Shift+N'],
  when: ({ document, session }) => findOpenClass(document.getState().document, session.getState().open) !== undefined,
  needs: 'Make a document with a root class first.',
  run(context) {
    // As whatever else is added: behind what is selected, or into the wire, in its place, and the keyboard goes along.
    const taken = Object.values(context.document.getState().document.classes).map(({ name }) => name);
    const node = addWired(context, () => ({ kind: 'class', className: uniqueName('Block', taken), args: {} }));
    if (node === undefined) return;
    requestAnimationFrame(() => {
      context.canvas.keepInSight(node);
      context.canvas.focusNode(node);
    });
  },
};

/** The class behind the one selected call, as a step of the breadcrumb. */
function findEnterable({ document, session }: Pick<CommandContext, 'document' | 'session'>): OpenStep | undefined {
  const { lens, open, selection } = session.getState();
  const openClass = findOpenClass(document.getState().document, open);
  const node = selection.nodes.length === 1 ? openClass?.nodes[selection.nodes[0] ?? ''] : undefined;
  if (lens !== 'flow' || !openClass || node?.kind !== 'call') return undefined;
  const member = resolveMember(openClass, node.member);
  const used = member && classIdOf(member.type);
  if (!member || used === undefined) return undefined;
  const element = member.repeat === undefined ? [] : [0];
  return { class: used, instance: [...(open.at(-1)?.instance ?? []), member.name, ...element] };
}

/** What Enter does with the node that has the keyboard: it is selected first; then its class is opened, or its fields are gone to. */
function stepOfEnter(context: Pick<CommandContext, 'document' | 'session' | 'canvas'>): 'select' | 'open' | 'change' | undefined {
  const { document, session, canvas } = context;
  if (findEnterable(context)) return 'open';
  const state = session.getState();
  const { nodes, wires, annotations } = state.selection;
  if (state.lens !== 'flow' || annotations.length > 0) return undefined;
  if (nodes.length === 1 || wires.length === 1) return 'change';
  const isFocused = canvas.hasKeyboard() && focusedItem(document.getState().document, state) !== undefined;
  return nodes.length + wires.length === 0 && isFocused ? 'select' : undefined;
}

const ENTER_TITLES = { select: 'Select the Node', open: 'Open Class of the Node', change: 'Change It in the Inspector' } as const;

export const enterClassCommand: Command = {
  id: 'enter-class',
  title: 'Open Class of the Node',
  titleNow: (context) => ENTER_TITLES[stepOfEnter(context) ?? 'open'],
  group: 'view',
  section: 0,
  order: 40,
  keys: ['Enter'],
  when: (context) => stepOfEnter(context) !== undefined,
  run(context) {
    const { document, session } = context;
    const inner = findEnterable(context);
    const step = stepOfEnter(context);
    if (inner) session.enter(inner);
    else if (step === 'change') focusInspector(context);
    else {
      const focused = focusedItem(document.getState().document, session.getState());
      if (focused) session.select(focused.kind === 'node' ? { nodes: [focused.id] } : { annotations: [focused.id] });
    }
  },
};

export const leaveClassCommand: Command = {
  id: 'leave-class',
  title: 'Back to the Class Around',
  group: 'view',
  section: 0,
  order: 50,
  keys: ['Mod+ArrowUp'],
  when: ({ session }) => session.getState().lens === 'flow' && session.getState().open.length > 0,
  needs: 'This is the outermost class.',
  run(context) {
    leaveClass(context);
  },
};

/** Back to the class around, with the call of the one that was left selected. False at the root. */
export function leaveClass({ document, session }: Pick<CommandContext, 'document' | 'session'>): boolean {
  const { lens, open } = session.getState();
  const left = open.at(-1);
  if (lens !== 'flow' || !left) return false;
  session.leaveTo(open.length - 1);
  const around = findOpenClass(document.getState().document, session.getState().open);
  const name = left.instance.findLast((part) => typeof part === 'string');
  const member = around?.members.find((each) => each.name === name);
  const call = around && member ? graphOf(around).callsOf(member.id)[0] : undefined;
  if (call) session.select({ nodes: [call.id] });
  return true;
}
