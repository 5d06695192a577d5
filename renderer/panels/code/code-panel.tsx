/** @file The model as source code, live: a tab for each target that it can be taken away to. */
import { Copy, Save } from 'lucide-react';
import { TARGETS, type TargetName } from '../../../core/emit/index.ts';
import { copyCodeCommand } from '../../commands/copy-code.command.ts';
import { invoke } from '../../commands/command.ts';
import { saveCodeCommand } from '../../commands/save-code.command.ts';
import { useCode } from '../../hooks/derived.ts';
import { useServices } from '../../hooks/services.ts';
import { useSession } from '../../hooks/session.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Segments } from '../../ui/segments.tsx';
import { CodeView } from './code-view.tsx';
import './code.css';

const OPTIONS = (Object.keys(TARGETS) as TargetName[]).map((value) => ({ value, label: TARGETS[value].title }));

export function CodePanel() {
  const services = useServices();
  const target = useSession((state) => state.codeTarget);
  const code = useCode(target);
  const { title, language } = TARGETS[target];
  return (
    <div className="code-panel">
      <div className="code-actions">
        <Segments label="Target" value={target} options={OPTIONS} onChange={(codeTarget) => services.session.set({ codeTarget })} />
        <span className="code-space" />
        <Button size="small" isDisabled={!code.ok} onPress={() => invoke(copyCodeCommand, services)}>
          <Copy size={13} /> Copy code
        </Button>
        <Button size="small" isDisabled={saveCodeCommand.when?.(services) === false} onPress={() => invoke(saveCodeCommand, services)}>
          <Save size={13} /> Save code
        </Button>
      </div>
      {code.ok ? (
        <CodeView key={language} text={code.text} label={`${title} code`} language={language} />
      ) : (
        <EmptyState title="The code cannot be written">{code.message}</EmptyState>
      )}
    </div>
  );
}
