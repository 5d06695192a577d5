/** @file On a call of a class: its inside is shown in place, or folded again; of a list, one item. */
import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import { expandInPlace } from '../../../commands/expand-in-place.command.ts';
import { useServices } from '../../../hooks/services.ts';
import { ItemSelect } from '../item-picker.tsx';
import type { Frame } from './site.ts';

interface Props {
  /** The key of the call. */
  readonly id: string;
  readonly title: string;
  readonly isExpanded: boolean;
}

/** By the pointer: by keys it is the command on what is selected, so that no node has two places in the order of Tab. */
export function ExpandButton({ id, title, isExpanded }: Props) {
  const services = useServices();
  const Icon = isExpanded ? ChevronsDownUp : ChevronsUpDown;
  const label = isExpanded ? `Fold ${title}` : `Expand ${title} in place`;
  return (
    <button
      type="button"
      className="expand-button nodrag nopan"
      tabIndex={-1}
      aria-label={label}
      title={`${label} (Alt+C); double-click the node to enter`}
      onClick={(event) => {
        event.stopPropagation();
        expandInPlace(services, [id], isExpanded ? null : 0);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Icon size={14} aria-hidden />
    </button>
  );
}

/** Which item of a list the frame shows. */
export function FrameItem({ frame: { key, open } }: { readonly frame: Frame }) {
  const services = useServices();
  return <ItemSelect instance={open.at(-1)!.instance} onPick={(item) => expandInPlace(services, [key], item)} />;
}
