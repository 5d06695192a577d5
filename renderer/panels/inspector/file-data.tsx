/** @file Data of other files than tables: arrays, pictures of a zip or a folder, texts. What a source makes of a file is said by its descriptor. */
import { type ChangeEvent, useRef } from 'react';
import { decodeText } from '../../../core/document/index.ts';
import { SOURCES } from '../../../core/index.ts';
import { textOfBytes, writeZip } from '../../../core/sources/index.ts';
import type { SourceDescriptor } from '../../../core/spec/index.ts';
import { Button } from '../../ui/button.tsx';

export interface ChosenData {
  readonly source: SourceDescriptor;
  readonly file: string;
  readonly text: string;
}

interface FileDataButtonsProps {
  readonly onChosen: (chosen: ChosenData) => void;
  readonly onFault: (message: string) => void;
}

const OF_FILES = Object.values(SOURCES).filter(({ file }) => file !== undefined);
const ACCEPTED = OF_FILES.flatMap(({ file }) => file!.extensions.map((extension) => `.${extension}`)).join(',');
const PICTURES = /\.png$/i;

/** The one that takes files of this name. */
function sourceFor(name: string): SourceDescriptor | undefined {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return OF_FILES.find(({ file }) => file!.extensions.includes(extension));
}

async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}

async function readFile(file: File): Promise<ChosenData> {
  const source = sourceFor(file.name);
  if (!source) throw new Error(`"${file.name}" is none of ${ACCEPTED.replaceAll(',', ', ')}.`);
  const bytes = await bytesOf(file);
  return { source, file: file.name, text: source.file!.isBytes ? textOfBytes(bytes) : decodeText(bytes) };
}

/** The pictures of a folder as a zip of them: that is what travels with the document. */
async function readFolder(files: readonly File[]): Promise<ChosenData> {
  const pictures = files.filter(({ name }) => PICTURES.test(name));
  const folder = files[0]?.webkitRelativePath.split('/')[0] || 'pictures';
  if (pictures.length === 0) throw new Error(`There is no PNG in "${folder}".`);
  const named = await Promise.all(
    pictures.map(async (file) => ({ name: file.webkitRelativePath || file.name, bytes: await bytesOf(file) })),
  );
  return { source: SOURCES['pictures']!, file: `${folder}.zip`, text: textOfBytes(writeZip(named)) };
}

export function FileDataButtons({ onChosen, onFault }: FileDataButtonsProps) {
  const one = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const load = async ({ target }: ChangeEvent<HTMLInputElement>, read: (files: readonly File[]) => Promise<ChosenData>): Promise<void> => {
    const files = [...(target.files ?? [])];
    // The same file can be chosen again.
    target.value = '';
    if (files.length === 0) return;
    try {
      onChosen(await read(files));
    } catch (error) {
      onFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <Button size="small" onPress={() => one.current?.click()}>
        Arrays, pictures, text …
      </Button>
      <Button size="small" onPress={() => folder.current?.click()}>
        Folder of pictures …
      </Button>
      <input
        ref={one}
        type="file"
        hidden
        accept={ACCEPTED}
        aria-label="File of arrays, pictures or text"
        onChange={(event) => void load(event, (files) => readFile(files[0]!))}
      />
      <input
        ref={(element) => {
          folder.current = element;
          element?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        hidden
        multiple
        aria-label="Folder of pictures"
        onChange={(event) => void load(event, readFolder)}
      />
    </>
  );
}
