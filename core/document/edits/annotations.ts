/** @file Notes and frames: what explains the canvas. The model does not know them. */
import { nextId } from '../ids.ts';
import type { Annotation, ClassId, Frame, FrameColor, ModelClass, ModelDocument, Note, Point, Size, WireId } from '../schema.ts';
import { changeClass, getClass, kept } from './change.ts';
import { EditError } from './edit-error.ts';
import { withAnnotations } from './wire-notes.ts';

export const FRAME_COLORS: readonly FrameColor[] = ['grey', 'blue', 'green', 'amber', 'red', 'violet'];
/** Smaller, a note or frame could not be taken hold of. */
export const LEAST_ANNOTATION: Size = { width: 80, height: 40 };

export interface AddedAnnotation {
  readonly document: ModelDocument;
  readonly annotation: string;
}

/** Notes and frames of a class, from back to front. */
export function annotationsOf({ annotations = [] }: ModelClass): readonly Annotation[] {
  return annotations;
}

/** Adds a note, of a wire if one is named. @throws EditError where there is no such wire */
export function addNote(
  document: ModelDocument,
  classId: ClassId,
  given: { readonly text?: string; readonly at: Point; readonly size?: Size; readonly wire?: WireId },
): AddedAnnotation {
  const { wire, text = '' } = given;
  if (wire !== undefined && !Object.hasOwn(getClass(document, classId).wires, wire))
    throw new EditError('a wire of the class', `"${wire}"`, 'Select a wire that exists.');
  const { width, height } = given.size ?? { width: 240, height: 96 };
  const { x, y } = given.at;
  return add(document, classId, (id) => ({ id, kind: 'note', text, x, y, width, height, ...(wire === undefined ? {} : { wire }) }));
}

/** Adds a frame, behind all that is there. */
export function addFrame(
  document: ModelDocument,
  classId: ClassId,
  given: { readonly title?: string; readonly color?: FrameColor; readonly at: Point; readonly size: Size },
): AddedAnnotation {
  const { at, size, title = 'Frame', color = 'grey' } = given;
  const { width, height } = atLeast(size);
  return add(document, classId, (id) => ({ id, kind: 'frame', title, color, x: at.x, y: at.y, width, height }));
}

function add(document: ModelDocument, classId: ClassId, make: (id: string) => Annotation): AddedAnnotation {
  const present = annotationsOf(getClass(document, classId));
  const id = nextAnnotationId(present);
  return { annotation: id, document: changeClass(document, classId, (each) => withAnnotations(each, [...present, make(id)])) };
}

export function nextAnnotationId(present: readonly Annotation[]): string {
  return nextId(
    'a',
    present.map(({ id }) => id),
  );
}

/** The text, the title, the colour, the size: what the given kind has. @throws EditError where there is none of that id */
export function changeAnnotation(
  document: ModelDocument,
  classId: ClassId,
  id: string,
  change: Partial<Omit<Note, 'id' | 'kind'>> | Partial<Omit<Frame, 'id' | 'kind'>>,
): ModelDocument {
  return changeClass(document, classId, (modelClass) => {
    const annotations = annotationsOf(modelClass);
    const before = annotations.find((each) => each.id === id);
    if (!before) throw new EditError(`a note or frame of ${modelClass.name}`, `"${id}"`, 'Select one that exists.');
    const changed = { ...before, ...change };
    const after = { ...changed, ...atLeast(changed) } as Annotation;
    if (JSON.stringify(after) === JSON.stringify(before)) return modelClass;
    return withAnnotations(
      modelClass,
      annotations.map((each) => (each === before ? after : each)),
    );
  });
}

function atLeast({ width, height }: Size): Size {
  return { width: Math.max(width, LEAST_ANNOTATION.width), height: Math.max(height, LEAST_ANNOTATION.height) };
}

/** Puts notes and frames at points; the same document if all are there already. What lies in a frame is moved by whoever moves it. */
export function moveAnnotations(document: ModelDocument, classId: ClassId, points: Readonly<Record<string, Point>>): ModelDocument {
  return Object.entries(points).reduce((moved, [id, { x, y }]) => changeAnnotation(moved, classId, id, { x, y }), document);
}

/** Removes notes and frames; what lies in a frame stays. */
export function removeAnnotations(document: ModelDocument, classId: ClassId, ids: Iterable<string>): ModelDocument {
  const gone = new Set(ids);
  return changeClass(document, classId, (modelClass) =>
    withAnnotations(
      modelClass,
      kept(annotationsOf(modelClass), ({ id }) => !gone.has(id)),
    ),
  );
}
