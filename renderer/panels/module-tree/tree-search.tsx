/** @file The field above the tree: what is typed leaves what matches, with all that it lies in. */
import { Search, X } from 'lucide-react';
import { IconButton } from '../../ui/button.tsx';
import { formatCount } from '../../ui/format.ts';

interface TreeSearchProps {
  readonly text: string;
  /** How many Modules match; null while nothing is sought. */
  readonly count: number | null;
  readonly onText: (text: string) => void;
  /** Down, into the tree. */
  readonly onLeave: () => void;
}

export function TreeSearch({ text, count, onText, onLeave }: TreeSearchProps) {
  return (
    <div className="tree-search">
      <Search size={13} aria-hidden />
      <input
        className="input"
        type="text"
        aria-label="Search modules"
        placeholder="Name, type or path"
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text !== '') onText('');
          else if (event.key === 'ArrowDown' || event.key === 'Enter') onLeave();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span className="tree-search-count" role="status" aria-label="Modules found">
        {count === null ? '' : formatCount(count)}
      </span>
      {text !== '' && <IconButton label="Clear the search" size="small" icon={<X size={12} />} onPress={() => onText('')} />}
    </div>
  );
}
