/** @file Classes that the model does not hold now: they stand in no tree, and can be opened and deleted here. */
import { Trash2 } from 'lucide-react';
import { usedClasses, removeClass } from '../../../core/document/index.ts';
import { useDocument } from '../../hooks/document.ts';
import { useSessionStore } from '../../hooks/session.ts';
import { useEdit } from '../../hooks/use-edit.ts';
import { NOTHING_SELECTED } from '../../state/session/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';

export function UnusedClasses() {
  const edit = useEdit();
  const session = useSessionStore();
  const document = useDocument((each) => each);
  const used = usedClasses(document);
  const unused = Object.values(document.classes).filter(({ id }) => !used.has(id));
  if (unused.length === 0) return null;
  return (
    <section className="unused-classes" aria-label="Classes not in use">
      <h3>Not in use</h3>
      {unused.map(({ id, name }) => (
        <div key={id} className="unused-class">
          <Button
            size="small"
            onPress={() => session.set({ lens: 'flow', open: [{ class: id, instance: [] }], selection: NOTHING_SELECTED })}
            tooltip={`Open ${name}`}
          >
            {name}
          </Button>
          <IconButton
            label={`Delete class ${name}`}
            size="small"
            icon={<Trash2 size={13} />}
            onPress={() => {
              const isOpen = session.getState().open.some((step) => step.class === id);
              if (edit(`Delete class ${name}`, (present) => removeClass(present, id)) && isOpen)
                session.set({ open: [], selection: NOTHING_SELECTED });
            }}
          />
        </div>
      ))}
    </section>
  );
}
