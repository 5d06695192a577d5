/** @file The model as source code, live: a tab for each target that it can be taken away to. What is selected is lit in it, and a line selects. */
import { Copy, Pencil, Save } from 'lucide-react';
import { useMemo } from 'react';
import { TARGETS, type TargetName } from '../../../core/emit/index.ts';
import { copyCodeCommand } from '../../commands/copy-code.command.ts';
import { invoke, isPossible } from '../../commands/command.ts';
import { editCodeCommand } from '../../commands/edit-code.command.ts';
import { saveCodeCommand } from '../../commands/save-code.command.ts';
import { saveTrainingCommand } from '../../commands/save-training.command.ts';
import { showLine } from '../../commands/show-line.ts';
import { useServices } from '../../hooks/services.ts';
import { useSession } from '../../hooks/session.ts';
import { CODE_PARTS, type CodePart } from '../../state/code/parts.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Segments } from '../../ui/segments.tsx';
import { CodeView } from './code-view.tsx';
import { useLitLines, useShownCode } from './use-shown-code.ts';
import './code.css';

const OPTIONS = (Object.keys(TARGETS) as TargetName[]).map((value) => ({ value, label: TARGETS[value].title }));
const PARTS = (Object.keys(CODE_PARTS) as CodePart[]).map((value) => ({ value, ...CODE_PARTS[value] }));

export function CodePanel() {
  const services = useServices();
  const target = useSession((state) => state.codeTarget);
  const part = useSession((state) => state.codePart);
  const code = useShownCode();
  const lit = useLitLines(code);
  const marks = code.ok ? code.marks : undefined;
  const uses = useMemo(
    () => ({
      choose: (line: number) => showLine(services, marks ?? [], line),
      read: (text: string) => services.announcer.say(text),
    }),
    [services, marks],
  );
  const save = part === 'training' ? saveTrainingCommand : saveCodeCommand;
  return (
    <div className="code-panel">
      <div className="code-actions">
        <Segments label="Target" value={target} options={OPTIONS} onChange={(codeTarget) => services.session.set({ codeTarget })} />
        <Segments label="What of it" value={part} options={PARTS} onChange={(codePart) => services.session.set({ codePart })} />
        <span className="code-space" />
        {target === 'flax' && (
          <Button size="small" isDisabled={!code.ok} onPress={() => invoke(editCodeCommand, services)}>
            <Pencil size={13} /> Edit code
          </Button>
        )}
        <Button size="small" isDisabled={!code.ok} onPress={() => invoke(copyCodeCommand, services)}>
          <Copy size={13} /> Copy code
        </Button>
        <Button size="small" isDisabled={!code.ok || !isPossible(save, services)} onPress={() => invoke(save, services)}>
          <Save size={13} /> Save code
        </Button>
      </div>
      {code.ok ? (
        <CodeView
          key={code.title}
          text={code.text}
          label={code.title}
          language={TARGETS[target].language}
          firstLine={code.firstLine}
          lit={lit}
          uses={uses}
        />
      ) : (
        <EmptyState title="The code cannot be written">{code.message}</EmptyState>
      )}
    </div>
  );
}
