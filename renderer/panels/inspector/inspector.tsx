/** @file What is selected, in full, to look at and to change. */
import type { KeyboardEvent } from 'react';
import { annotationsOf } from '../../../core/document/index.ts';
import { useServices } from '../../hooks/services.ts';
import { focusedItem } from '../../state/derived/focused-item.ts';
import { FIELD_IDS } from '../../ui/field-ids.ts';
import { useOpenClass } from '../../hooks/derived.ts';
import { useSession } from '../../hooks/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatPlural } from '../../ui/format.ts';
import { AnnotationForm } from './annotation-form.tsx';
import { ManyForm } from './many-form.tsx';
import { ModelInspector } from './model-inspector.tsx';
import { ModuleInspector } from './module-inspector.tsx';
import { NodeInspector } from './node-inspector.tsx';
import { WireInspector } from './wire-inspector.tsx';
import './inspector.css';

export function Inspector() {
  const { canvas, document, session } = useServices();
  /** Back to what is looked at here. */
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    const focused = focusedItem(document.getState().document, session.getState());
    if (session.getState().lens !== 'flow' || !focused) return;
    event.preventDefault();
    canvas.focusItem(focused);
  };
  return (
    <section className="side-panel inspector" id={FIELD_IDS.inspector} tabIndex={-1} aria-label="Inspector" onKeyDown={onKeyDown}>
      <Content />
    </section>
  );
}

function Content() {
  const { nodes, wires, modules, annotations } = useSession((state) => state.selection);
  const openClass = useOpenClass();
  const count = nodes.length + wires.length + modules.length + annotations.length;
  const node = nodes[0] === undefined ? undefined : openClass?.nodes[nodes[0]];
  const wire = wires[0] === undefined ? undefined : openClass?.wires[wires[0]];
  if (count > 1) {
    const text = [
      nodes.length > 0 && formatPlural(nodes.length, 'node'),
      wires.length > 0 && formatPlural(wires.length, 'wire'),
      modules.length > 0 && formatPlural(modules.length, 'module'),
      annotations.length > 0 && formatPlural(annotations.length, 'note'),
    ].filter((part) => part !== false);
    if (openClass && nodes.length > 1) return <ManyForm modelClass={openClass} nodes={nodes} title={text.join(' and ')} />;
    return <EmptyState title={`${text.join(' and ')} selected`}>Select one to see and change it.</EmptyState>;
  }
  if (node && openClass) return <NodeInspector key={node.id} modelClass={openClass} node={node} />;
  if (wire && openClass) return <WireInspector key={wire.id} modelClass={openClass} wire={wire} />;
  if (modules[0] !== undefined) return <ModuleInspector key={modules[0]} pathKey={modules[0]} />;
  const annotation = openClass && annotationsOf(openClass).find(({ id }) => id === annotations[0]);
  if (annotation && openClass) return <AnnotationForm key={annotation.id} modelClass={openClass} annotation={annotation} />;
  return <ModelInspector />;
}
