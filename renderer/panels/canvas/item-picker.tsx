/** @file Which item of a list is looked at: its shapes, problems and run values are those that the canvas shows. */
import { useCheck } from '../../hooks/derived.ts';
import { useDocument } from '../../hooks/document.ts';
import { useSession, useSessionStore } from '../../hooks/session.ts';
import { findMemberAt } from '../../state/derived/find-instance.ts';
import { classIdOf, findClass, type Path } from '../../../core/document/index.ts';

/** Of a step of the way to the class that the canvas shows; nothing where that is no item of a list. */
export function ItemPicker({ index }: { readonly index: number }) {
  const session = useSessionStore();
  const open = useSession((state) => state.open);
  const inside = useSession((state) => state.inside);
  const { instance } = open[index]!;
  const pick = (chosen: number): void => {
    const steps = open.map((step) =>
      step.instance.length < instance.length ? step : { ...step, instance: withItem(step.instance, instance.length - 1, chosen) },
    );
    session.set({ open: steps, inside });
  };
  return <ItemSelect instance={instance} onPick={pick} />;
}

/** Which item of a list an instance is, to choose another; nothing where it is none. */
export function ItemSelect({ instance, onPick }: { readonly instance: Path; readonly onPick: (item: number) => void }) {
  const document = useDocument((doc) => doc);
  const check = useCheck();
  const item = instance.at(-1);
  if (typeof item !== 'number') return null;
  const found = findMemberAt(document, instance);
  const member = found && findClass(document, found.class)?.members.find(({ id }) => id === found.member);
  const used = member && classIdOf(member.type);
  if (used === undefined) return null;
  const list = instance.slice(0, -1);
  // Where an expression says how many there are, as many as the check has placed.
  const placed = typeof member?.repeat === 'number' ? [] : check.instancesOf(used).flatMap(({ path }) => itemOf(path, list) ?? []);
  const count = Math.max(item + 1, typeof member?.repeat === 'number' ? member.repeat : Math.max(-1, ...placed) + 1);
  return (
    <select
      className="item-picker nodrag nopan"
      aria-label={`Item of ${member?.name ?? 'the list'}`}
      value={item}
      onChange={(event) => onPick(Number(event.target.value))}
    >
      {Array.from({ length: count }, (_, i) => (
        <option key={i} value={i}>
          [{i}] of {count}
        </option>
      ))}
    </select>
  );
}

function withItem<T>(path: readonly T[], at: number, item: T): readonly T[] {
  return path.map((part, i) => (i === at ? item : part));
}

/** The item of a list that a path leads to. */
function itemOf(path: Path, list: Path): number | undefined {
  const item = path[list.length];
  return typeof item === 'number' && list.every((part, i) => path[i] === part) ? item : undefined;
}
