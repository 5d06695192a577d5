/** @file Bookmarks: places on the canvas under the digits 1 to 9. */
import { classesAlong, pathOf } from '../references.ts';
import { findClass, findMember, classIdOf } from '../find.ts';
import type { Bookmark, ClassId, ModelDocument, ModuleRef } from '../schema.ts';
import { getClass } from './change.ts';
import { EditError } from './edit-error.ts';

/** Keeps a place under its digit; what was there before is replaced. */
export function setBookmark(document: ModelDocument, bookmark: Bookmark): ModelDocument {
  const { key } = bookmark;
  if (!Number.isInteger(key) || key < 1 || key > 9)
    throw new EditError('a digit from 1 to 9', String(key), 'Choose one of the nine bookmarks.');
  getClass(document, bookmark.class);
  const before = bookmarksOf(document).find((each) => each.key === key);
  if (JSON.stringify(before) === JSON.stringify(bookmark)) return document;
  const others = bookmarksOf(document).filter((each) => each !== before);
  return withBookmarks(
    document,
    [...others, bookmark].sort((a, b) => a.key - b.key),
  );
}

/** Frees a digit; the same document if nothing is there. */
export function removeBookmark(document: ModelDocument, key: number): ModelDocument {
  return withBookmarks(
    document,
    bookmarksOf(document).filter((each) => each.key !== key),
  );
}

/** In the order of their digits. */
export function bookmarksOf({ bookmarks = [] }: ModelDocument): readonly Bookmark[] {
  return bookmarks;
}

/** Bookmarks after their instances have changed; those of a class that is gone go, those of an instance that is gone show the class by itself. */
export function mapBookmarks(document: ModelDocument, change: (ref: ModuleRef) => readonly ModuleRef[]): ModelDocument {
  const mapped = bookmarksOf(document).flatMap((bookmark): readonly Bookmark[] => {
    if (!findClass(document, bookmark.class)) return [];
    const [changed = []] = bookmark.instance.length === 0 ? [bookmark.instance] : change(bookmark.instance);
    const instance = isInstanceOf(document, changed, bookmark.class) ? changed : [];
    return [isSameRef(instance, bookmark.instance) ? bookmark : { ...bookmark, instance }];
  });
  return withBookmarks(document, mapped);
}

function isInstanceOf(document: ModelDocument, ref: ModuleRef, classId: ClassId): boolean {
  if (ref.length === 0) return true;
  if (pathOf(document, ref) === undefined) return false;
  const last = ref.findLastIndex((part) => typeof part === 'string');
  const around = classesAlong(document, ref)[last];
  const modelClass = around === undefined ? undefined : findClass(document, around);
  const member = modelClass && findMember(modelClass, ref[last] as string);
  return member !== undefined && classIdOf(member.type) === classId;
}

function isSameRef(a: ModuleRef, b: ModuleRef): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}

/** The document with these bookmarks; one without any has no list of them. */
function withBookmarks(document: ModelDocument, bookmarks: readonly Bookmark[]): ModelDocument {
  const { bookmarks: before, ...rest } = document;
  if (before === undefined && bookmarks.length === 0) return document;
  if (before && before.length === bookmarks.length && before.every((each, i) => each === bookmarks[i])) return document;
  return bookmarks.length === 0 ? rest : { ...rest, bookmarks };
}
