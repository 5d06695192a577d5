/** @file What is in the file of a source, row by row. */
import { useMemo } from 'react';
import type { PreviewRow, SourceArgs, SourceDescriptor } from '../../../core/spec/index.ts';
import { useServices } from '../../hooks/services.ts';

interface FilePreviewProps {
  readonly descriptor: SourceDescriptor;
  readonly args: SourceArgs;
}

export function FilePreview({ descriptor, args }: FilePreviewProps) {
  const files = useServices().data.files();
  const [named] = descriptor.files(args);
  const text = named && files[named.asset ?? named.file];
  const rows = useMemo(
    () => (text === undefined || !named ? [] : previewOf(descriptor, text, named.file, args)),
    [descriptor, text, named, args],
  );
  if (rows.length === 0) return null;
  return (
    <div className="table-preview file-preview" role="region" aria-label={`What is in ${named?.file ?? 'the file'}`} tabIndex={0}>
      <table>
        <tbody>
          {rows.map(({ name, text: said }) => (
            <tr key={name}>
              <th scope="row" title={name}>
                {name}
              </th>
              <td title={said}>{said}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What cannot be read is a problem of the data, and told as that. */
function previewOf(descriptor: SourceDescriptor, text: string, file: string, args: SourceArgs): readonly PreviewRow[] {
  try {
    return descriptor.file?.preview(text, file, args) ?? [];
  } catch {
    return [];
  }
}
