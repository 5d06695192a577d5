/** @file Model files that are dragged onto the window from outside. */
import type { OpenedFile } from './platform.ts';
import { readPicked } from './read-picked.ts';

/** Calls `listener` for each file that is dropped, which may prove unreadable; gives back what ends it. Drags within the page pass. */
export function listenForDroppedFiles(listener: (file: Promise<OpenedFile>) => void): () => void {
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  const onDragOver = (event: DragEvent): void => {
    if (hasFiles(event)) event.preventDefault();
  };
  const onDrop = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) listener(readPicked(file));
  };
  window.addEventListener('dragover', onDragOver);
  window.addEventListener('drop', onDrop);
  return () => {
    window.removeEventListener('dragover', onDragOver);
    window.removeEventListener('drop', onDrop);
  };
}
