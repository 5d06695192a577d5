/** @file The rows of the tree, by keyboard and by pointer. */
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useFoundInRun } from '../../hooks/found-in-run.ts';
import { parsePathKey } from '../../state/paths.ts';
import { VirtualList, type VirtualListHandle } from '../../ui/virtual-list.tsx';
import type { Mark } from './marks.ts';
import type { Searched } from './search-tree.ts';
import { RowView } from './tree-row.tsx';
import { unfoldedTo, visibleRows, type TreeNode, type TreeRow } from './tree.ts';
import { useChooseRow, useTreeSelection } from './use-tree-selection.ts';

const ROW_HEIGHT = 24;
const ALWAYS = () => true;

interface TreeViewProps {
  readonly root: TreeNode;
  /** What is sought, where anything is. */
  readonly searched: Searched | undefined;
  readonly marks: ReadonlyMap<string, Mark>;
  readonly handle: RefObject<VirtualListHandle | null>;
}

export function TreeView({ root, searched, marks, handle }: TreeViewProps) {
  const choose = useChooseRow();
  const selected = useTreeSelection();
  const found = useFoundInRun();
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  /** Folded while one searches: each search begins with all open. */
  const [folded, setFolded] = useState<{ readonly of: Searched; readonly keys: ReadonlySet<string> } | null>(null);
  const [active, setActive] = useState('[]');
  // The row that keys start from: the selected one, wherever it was selected.
  const wanted = selected[0];
  const activeKey = wanted ?? active;
  const isSearching = searched !== undefined;
  const shownToggled = searched ? (folded?.of === searched ? folded.keys : NONE) : toggled;
  const rows = useMemo(
    () => visibleRows(searched?.root ?? root, shownToggled, searched ? ALWAYS : undefined),
    [root, searched, shownToggled],
  );
  const keyOf = useCallback((index: number) => rows[index]!.node.key, [rows]);
  const selectedAt = rows.findIndex((row) => row.node.key === activeKey);
  const activeIndex = Math.max(0, selectedAt);

  // What is selected elsewhere is unfolded, once, and brought into sight.
  const [revealed, setRevealed] = useState<string | undefined>(undefined);
  if (revealed !== wanted) {
    setRevealed(wanted);
    if (wanted !== undefined && !isSearching) setToggled(unfoldedTo(root, toggled, parsePathKey(wanted)));
  }
  const at = useRef(-1);
  useEffect(() => void (at.current = selectedAt), [selectedAt]);
  useEffect(() => {
    if (wanted !== undefined && at.current !== -1) handle.current?.show(at.current);
  }, [wanted, handle]);

  const toggle = ({ node }: TreeRow): void => {
    const next = new Set(shownToggled);
    if (!next.delete(node.key)) next.add(node.key);
    if (searched) setFolded({ of: searched, keys: next });
    else setToggled(next);
  };
  const pick = (row: TreeRow): void => {
    setActive(row.node.key);
    choose(row.node);
  };
  const moveTo = (index: number): void => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!row) return;
    pick(row);
    handle.current?.show(rows.indexOf(row));
    requestAnimationFrame(() => handle.current?.element?.querySelector<HTMLElement>('[tabindex="0"]')?.focus());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[activeIndex];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const hasChildren = row.node.children.length > 0;
    if (event.key === 'ArrowDown') moveTo(activeIndex + 1);
    else if (event.key === 'ArrowUp') moveTo(activeIndex - 1);
    else if (event.key === 'Home') moveTo(0);
    else if (event.key === 'End') moveTo(rows.length - 1);
    else if (event.key === 'ArrowRight' && hasChildren && !row.isOpen) toggle(row);
    else if (event.key === 'ArrowRight' && hasChildren) moveTo(activeIndex + 1);
    else if (event.key === 'ArrowLeft' && hasChildren && row.isOpen) toggle(row);
    else if (event.key === 'ArrowLeft') moveTo(rows.findLastIndex((each, i) => i < activeIndex && each.level < row.level));
    else if (event.key === 'Enter' || event.key === ' ') pick(row);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <VirtualList
      className="tree"
      role="tree"
      aria-label="Module tree"
      count={rows.length}
      itemHeight={ROW_HEIGHT}
      keyOf={keyOf}
      handle={handle}
      onKeyDown={onKeyDown}
    >
      {(index) => {
        const row = rows[index]!;
        return (
          <RowView
            row={row}
            mark={marks.get(row.node.key)}
            found={found.atModule(row.node.path)}
            isActive={index === activeIndex}
            isSelected={selected.includes(row.node.key)}
            isAround={searched !== undefined && !searched.matches.has(row.node.key)}
            onChoose={() => pick(row)}
            onToggle={() => toggle(row)}
          />
        );
      }}
    </VirtualList>
  );
}

const NONE: ReadonlySet<string> = new Set();
