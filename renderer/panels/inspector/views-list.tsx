/** @file Views: second modes of the same weights, which the code makes with `with_attributes` and which change nothing here. */
import { Trash2 } from 'lucide-react';
import { changeView, removeView } from '../../../core/document/index.ts';
import { useDocument } from '../../hooks/document.ts';
import { useSessionStore } from '../../hooks/session.ts';
import { IconButton } from '../../ui/button.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useEdit, useFieldEdit } from '../../hooks/use-edit.ts';
import { queryOf, setOn } from './set-on.ts';

export function ViewsList() {
  const edit = useEdit();
  const editHere = useFieldEdit();
  const session = useSessionStore();
  const document = useDocument((each) => each);
  const { views } = document;
  if (views.length === 0) {
    return (
      <p className="section-hint">A second mode of the same weights: filter modules above, choose an attribute, and keep it as a view.</p>
    );
  }
  return (
    <ul className="views" aria-label="Views">
      {views.map(({ id, name, only, attributes }) => {
        const text = setOn(document, { only, attributes });
        return (
          <li key={id}>
            <TextInput
              label={`Name of the view: ${text}`}
              value={name}
              isMono
              onCommit={(next) => editHere('Rename view', (document) => changeView(document, id, { name: next }))}
            />
            <button
              type="button"
              className="setting-text"
              title={text}
              onClick={() => session.set({ filterText: queryOf(document, only), filterActive: true })}
            >
              {text}
            </button>
            <IconButton
              label={`Remove view ${name}`}
              size="small"
              icon={<Trash2 size={13} />}
              onPress={() => edit('Remove view', (document) => removeView(document, id))}
            />
          </li>
        );
      })}
    </ul>
  );
}
