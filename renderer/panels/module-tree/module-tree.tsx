/** @file The module tree of the live model: the twin of the canvas that needs no sight and no mouse. */
import { ArrowDownAZ, Workflow } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useCheck } from '../../hooks/derived.ts';
import { useDocument } from '../../hooks/document.ts';
import { useRuns } from '../../hooks/runs.ts';
import { useSession, useSessionStore } from '../../hooks/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount } from '../../ui/format.ts';
import type { VirtualListHandle } from '../../ui/virtual-list.tsx';
import { inFlowOrder } from './flow-order.ts';
import { marksOf } from './marks.ts';
import { searchTree } from './search-tree.ts';
import { TreeSearch } from './tree-search.tsx';
import { TreeView } from './tree-view.tsx';
import { nestModules } from './tree.ts';
import { UnusedClasses } from './unused-classes.tsx';
import './module-tree.css';

/** A tree with fewer Modules is seen whole, and not searched. */
const ENOUGH = 12;

export function ModuleTree() {
  const count = useRuns((state) => state.modules.length);
  const problem = useRuns((state) => state.buildProblem);
  const isOutdated = useRuns((state) => state.isTreeOutdated);
  return (
    <section className="side-panel" aria-label="Modules">
      <div className="panel-head">
        <h2>Modules</h2>
        {problem && count > 0 && (
          <Badge
            tone="warning"
            title={`The model cannot be built: ${problem.message} ${isOutdated ? 'This is the last one that could.' : 'What cannot be built yet has no parameters here.'}`}
          >
            {isOutdated ? 'outdated' : 'unfinished'}
          </Badge>
        )}
        {count > 0 && <span className="panel-count">{formatCount(count)}</span>}
        {count > 1 && <OrderButton />}
      </div>
      <Tree />
      <UnusedClasses />
    </section>
  );
}

function OrderButton() {
  const session = useSessionStore();
  const isFlow = useSession((state) => state.treeOrder === 'flow');
  return (
    <IconButton
      size="small"
      label={isFlow ? 'Order by name, as Flax does' : 'Order by data flow'}
      icon={isFlow ? <Workflow size={13} /> : <ArrowDownAZ size={13} />}
      onPress={() => session.set({ treeOrder: isFlow ? 'attributes' : 'flow' })}
    />
  );
}

function Tree() {
  const modules = useRuns((state) => state.modules);
  const buildProblem = useRuns((state) => state.buildProblem);
  const isStarting = useRuns((state) => state.backend === null);
  const isFlow = useSession((state) => state.treeOrder === 'flow');
  const document = useDocument((each) => each);
  const check = useCheck();
  const [text, setText] = useState('');
  const list = useRef<VirtualListHandle>(null);
  const nested = useMemo(() => nestModules(modules), [modules]);
  const root = useMemo(() => (nested && isFlow ? inFlowOrder(document, nested) : nested), [nested, document, isFlow]);
  const isSearching = text.trim() !== '';
  const searched = useMemo(() => (root && isSearching ? searchTree(root, text) : undefined), [root, isSearching, text]);
  const marks = useMemo(() => marksOf(document, check), [document, check]);

  if (!root) {
    return (
      <EmptyState title={buildProblem ? 'The model cannot be built' : isStarting ? 'The engine starts …' : 'No modules yet'}>
        {buildProblem ? `${buildProblem.message} ${buildProblem.hint}` : isStarting ? '' : 'Drag a layer from the palette to the canvas.'}
      </EmptyState>
    );
  }
  return (
    <>
      {(modules.length > ENOUGH || isSearching) && (
        <TreeSearch
          text={text}
          count={isSearching ? (searched?.matches.size ?? 0) : null}
          onText={setText}
          onLeave={() => list.current?.element?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()}
        />
      )}
      {isSearching && !searched ? (
        <EmptyState title="No module has these letters">Try a name, a type, or a path such as encoder.dense.</EmptyState>
      ) : (
        <TreeView root={root} searched={searched} marks={marks} handle={list} />
      )}
    </>
  );
}
