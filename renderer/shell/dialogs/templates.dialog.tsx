import { type KeyboardEvent, useId, useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { Button } from '../../ui/button.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useActiveOption } from '../../ui/use-active-option.ts';
import { scoreText } from '../../commands/search.ts';
import { useServices } from '../../hooks/services.ts';
import { useTemplates } from '../../hooks/templates.ts';
import { orTell } from '../../state/or-tell.ts';
import type { Template } from '../../state/templates.ts';
import { defineDialog } from './define-dialog.tsx';
import { TemplatePicture } from './template-picture.tsx';
import './templates.css';

declare module '../../state/questions.ts' {
  interface DialogKinds {
    /** Which template to take, and whether as a document of its own. */
    chooseTemplate: { ask: object; answer: { readonly key: string; readonly as: 'part' | 'document' } };
  }
}

function search(all: readonly Template[], query: string): readonly Template[] {
  if (query.trim() === '') return all;
  const scored = all.map((template) => {
    const names = Object.values(template.document.classes).flatMap(({ name, members }) => [name, ...members.map(({ type }) => type)]);
    const score = 3 * scoreText(query, template.title) + scoreText(query, `${template.title} ${template.description} ${names.join(' ')}`);
    return { template, score };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ template }) => template);
}

/** All templates with their pictures: type to find, arrows to choose, Enter inserts, Mod+Enter opens as a document. */
function Templates() {
  const { dialogs } = useServices();
  const all = useTemplates();
  const [query, setQuery] = useState('');
  const listId = useId();
  const found = search(all, query);
  const answer = (template: Template | undefined, as: 'part' | 'document') => template && dialogs.answer({ key: template.key, as });
  const { index, setIndex, onKeyDown } = useActiveOption(found.length, (at) => answer(found[at], 'part'));
  const active = found[index];
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return onKeyDown(event);
    event.preventDefault();
    answer(active, 'document');
  };
  return (
    <Dialog title="Templates and library" isLarge onClose={() => dialogs.answer()}>
      <div className="templates">
        <div className="templates-side">
          <input
            className="command-input templates-input"
            role="combobox"
            aria-label="Find a template"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={active ? `${listId}-${active.key}` : undefined}
            placeholder="Find: attention, Conv, LSTM …"
            ref={(field) => field?.focus()}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setIndex(0);
            }}
            onKeyDown={onKey}
          />
          <ul id={listId} role="listbox" aria-label="Templates" className="templates-list">
            {found.map((template, at) => (
              <li
                key={template.key}
                id={`${listId}-${template.key}`}
                role="option"
                aria-selected={template === active}
                ref={(item) => {
                  if (template === active) item?.scrollIntoView({ block: 'nearest' });
                }}
                // The keyboard stays in the field above.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => setIndex(at)}
                onDoubleClick={() => answer(template, 'part')}
              >
                <TemplatePicture
                  document={template.document}
                  modelClass={template.document.classes[template.document.root.class]!}
                  isSmall
                />
                <span>{template.title}</span>
                {template.isOwn && <span className="templates-own">mine</span>}
              </li>
            ))}
          </ul>
          {found.length === 0 && <p className="command-none">{all.length === 0 ? 'Reading…' : 'No template has these letters.'}</p>}
        </div>
        {active && <Shown key={active.key} template={active} onTake={(as) => answer(active, as)} />}
      </div>
    </Dialog>
  );
}

interface ShownProps {
  readonly template: Template;
  readonly onTake: (as: 'part' | 'document') => void;
}

function Shown({ template, onTake }: ShownProps) {
  const { templates, dialogs } = useServices();
  const { key, title, description, isOwn, document } = template;
  const classes = Object.values(document.classes);
  const root = document.classes[document.root.class]!;
  return (
    <section className="templates-shown" aria-label={title}>
      <TemplatePicture document={document} modelClass={root} />
      <h3>{title}</h3>
      <p>{description || 'A class of your own.'}</p>
      <ul className="templates-classes" aria-label="Classes">
        {classes.map(({ id, name, fields, members }) => (
          <li key={id}>
            <code>{`${name}(${fields.map((field) => `${field.name}=${String(field.default ?? '…')}`).join(', ')})`}</code>
            <span>{members.map((member) => member.name).join(', ') || 'no layers'}</span>
          </li>
        ))}
      </ul>
      {isOwn && (
        <div className="templates-mine">
          <TextInput
            label="Title"
            value={title}
            onCommit={(text) => orTell(dialogs, 'The block keeps its title', templates.rename(key, text.trim() || title))}
          />
          <RemoveButton onRemove={() => orTell(dialogs, 'The library could not be written', templates.remove(key))} />
        </div>
      )}
      <div className="dialog-actions">
        <Button onPress={() => onTake('document')}>Open as a document</Button>
        <Button tone="primary" onPress={() => onTake('part')}>
          Insert into this class
        </Button>
      </div>
    </section>
  );
}

/** Asks once more at its place: a block that is removed cannot be had back. */
function RemoveButton({ onRemove }: { readonly onRemove: () => void }) {
  const [isSure, setIsSure] = useState(false);
  return <Button onPress={isSure ? onRemove : () => setIsSure(true)}>{isSure ? 'Remove for good' : 'Remove …'}</Button>;
}

export const templatesDialog = defineDialog('chooseTemplate', Templates);
