import { X } from 'lucide-react';
import { CodePanel } from '../panels/code/code-panel.tsx';
import { LogPanel } from '../panels/log/log-panel.tsx';
import { ProblemsPanel } from '../panels/problems/problems-panel.tsx';
import { useProblems } from '../panels/problems/use-problems.ts';
import { ResultsPanel } from '../panels/results/results-panel.tsx';
import { TrainingPanel } from '../panels/training/training-panel.tsx';
import { useSession, useSessionStore } from '../hooks/session.ts';
import { Badge } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { Tabs } from '../ui/tabs.tsx';

/** What a model gives and lacks, in tabs. The number on Problems is red if one of them keeps the model from running. */
export function BottomPanel() {
  const session = useSessionStore();
  const tab = useSession((state) => state.bottomTab);
  const problems = useProblems();
  const hasErrors = problems.some((problem) => problem.severity === 'error');
  const mark = problems.length > 0 && <Badge tone={hasErrors ? 'danger' : 'warning'}>{problems.length}</Badge>;
  return (
    <section className="bottom-panel" aria-label="Results and lists">
      <Tabs
        label="Bottom panel"
        selected={tab}
        onSelect={(bottomTab) => session.set({ bottomTab })}
        actions={
          <IconButton
            label="Hide the bottom panel"
            size="small"
            icon={<X size={14} />}
            onPress={() => session.set({ bottomOpen: false })}
          />
        }
        tabs={[
          { id: 'results', title: 'Results', content: <ResultsPanel /> },
          { id: 'training', title: 'Training', content: <TrainingPanel /> },
          { id: 'problems', title: 'Problems', mark, content: <ProblemsPanel /> },
          { id: 'code', title: 'Code', content: <CodePanel /> },
          { id: 'log', title: 'Log', content: <LogPanel /> },
        ]}
      />
    </section>
  );
}
