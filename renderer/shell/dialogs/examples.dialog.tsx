import { useEffect, useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { readExamples, type ExampleEntry } from '../examples.ts';
import { useServices } from '../../hooks/services.ts';
import { defineDialog } from './define-dialog.tsx';

declare module '../../state/questions.ts' {
  interface DialogKinds {
    chooseExample: { ask: object; answer: string };
  }
}

/** The examples that ship with the app; answers with the file of the one that was picked. */
function ExamplesDialog() {
  const { dialogs, platform } = useServices();
  const [examples, setExamples] = useState<readonly ExampleEntry[]>([]);
  const [fault, setFault] = useState('');
  useEffect(() => {
    readExamples(platform).then(setExamples, (error: unknown) => setFault(error instanceof Error ? error.message : String(error)));
  }, [platform]);
  return (
    <Dialog title="Open an example" onClose={() => dialogs.answer()}>
      {fault !== '' && <p role="alert">{fault}</p>}
      <ul className="examples" aria-label="Examples">
        {examples.map(({ file, title, description }) => (
          <li key={file}>
            <button type="button" className="example" aria-label={title} onClick={() => dialogs.answer(file)}>
              <strong>{title}</strong>
              <span>{description}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

export const chooseExampleDialog = defineDialog('chooseExample', ExamplesDialog);
