/** @file Nothing is selected: the model as a whole, the open class, its settings and how it is run. */
import { setName } from '../../../core/document/index.ts';
import { useOpenClass } from '../../hooks/derived.ts';
import { useDocument } from '../../hooks/document.ts';
import { TextInput } from '../../ui/text-input.tsx';
import { AlikeNote } from './alike-note.tsx';
import { ClassForm } from './class-form.tsx';
import { DataForm } from './data-form.tsx';
import { FormRow } from './form-row.tsx';
import { RunForm } from './run-form.tsx';
import { Section } from './section.tsx';
import { SettingsList } from './settings-list.tsx';
import { useFieldEdit } from '../../hooks/use-edit.ts';
import { ViewsList } from './views-list.tsx';

export function ModelInspector() {
  const editHere = useFieldEdit();
  const name = useDocument((document) => document.name);
  const openClass = useOpenClass();
  // Whoever has entered a class is at work on that, its fields above all; the data are those of the model.
  const isRoot = useDocument(({ root }) => root.class === openClass?.id);
  const classForm = openClass && <ClassForm key={openClass.id} modelClass={openClass} />;
  return (
    <div className="inspector-scroll">
      <h2 className="visually-hidden">What the model is</h2>
      {openClass && <AlikeNote modelClass={openClass} />}
      {!isRoot && classForm}
      <Section title="Model">
        <FormRow label="title">
          <TextInput
            label="Title of the model"
            value={name}
            onCommit={(text) => editHere('Rename model', (document) => setName(document, text))}
          />
        </FormRow>
      </Section>
      <Section title="Data">
        <DataForm />
      </Section>
      <Section title="Run and train">
        <RunForm />
      </Section>
      {isRoot && classForm}
      <Section title="Settings">
        <SettingsList />
      </Section>
      <Section title="Views">
        <ViewsList />
      </Section>
    </div>
  );
}
