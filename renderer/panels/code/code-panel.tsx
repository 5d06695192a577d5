/** @file The model as Flax NNX source code, live. */
import { Copy, Save } from 'lucide-react';
import { useServices } from '../../hooks/services.ts';
import { invoke } from '../../commands/command.ts';
import { copyCodeCommand } from '../../commands/copy-code.command.ts';
import { saveCodeCommand } from '../../commands/save-code.command.ts';
import { useCode } from '../../hooks/derived.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { CodeView } from './code-view.tsx';
import './code.css';

export function CodePanel() {
  const services = useServices();
  const code = useCode();
  if (!code.ok) return <EmptyState title="The code cannot be written">{code.message}</EmptyState>;
  return (
    <div className="code-panel">
      <div className="code-actions">
        <Button size="small" onPress={() => invoke(copyCodeCommand, services)}>
          <Copy size={13} /> Copy code
        </Button>
        <Button size="small" onPress={() => invoke(saveCodeCommand, services)}>
          <Save size={13} /> Save code
        </Button>
      </div>
      <CodeView text={code.text} label="Flax NNX code" />
    </div>
  );
}
