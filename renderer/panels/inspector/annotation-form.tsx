/** @file A note or a frame: what stands in it, its colour, its size. */
import {
  changeAnnotation,
  FRAME_COLORS,
  LEAST_ANNOTATION,
  type Annotation,
  type FrameColor,
  type ModelClass,
} from '../../../core/document/index.ts';
import { useEdit } from '../../hooks/use-edit.ts';
import { SelectInput } from '../../ui/select-input.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { FormRow } from './form-row.tsx';
import { Heading } from './heading.tsx';
import { NumberRow } from './number-row.tsx';
import { Section } from './section.tsx';

const COLORS = FRAME_COLORS.map((value) => ({ value, label: value }));

export function AnnotationForm({ modelClass, annotation }: { readonly modelClass: ModelClass; readonly annotation: Annotation }) {
  const edit = useEdit();
  const { id, kind } = annotation;
  const change = (what: string, values: Parameters<typeof changeAnnotation>[3]): void =>
    void edit(`Set ${what} of the ${kind}`, (document) => changeAnnotation(document, modelClass.id, id, values));
  return (
    <>
      <Heading
        title={kind === 'note' ? 'Note' : annotation.title}
        kind={kind}
        family="io"
        doc={kind === 'note' ? 'Text beside the graph; the model does not know it.' : 'What lies in it moves with it.'}
      />
      <Section title={kind === 'note' ? 'Note' : 'Frame'}>
        {annotation.kind === 'note' ? (
          <FormRow label="text">
            <TextInput label="Note text" value={annotation.text} isMultiline onCommit={(text) => change('text', { text })} />
          </FormRow>
        ) : (
          <>
            <FormRow label="title">
              <TextInput label="Frame title" value={annotation.title} onCommit={(title) => change('title', { title })} />
            </FormRow>
            <FormRow label="colour">
              <SelectInput
                label="Frame colour"
                value={annotation.color}
                options={COLORS}
                onChange={(color) => change('colour', { color: color as FrameColor })}
              />
            </FormRow>
          </>
        )}
        <NumberRow label="width" value={annotation.width} min={LEAST_ANNOTATION.width} onCommit={(width) => change('width', { width })} />
        <NumberRow
          label="height"
          value={annotation.height}
          min={LEAST_ANNOTATION.height}
          onCommit={(height) => change('height', { height })}
        />
      </Section>
    </>
  );
}
