import { definePanel } from '../panel.ts';
import { RunCount } from './run-count.tsx';
import { RunsPanel } from './runs-panel.tsx';

export const runsPanel = definePanel({ id: 'runs', title: 'Runs', order: 1.5, Content: RunsPanel, Mark: RunCount });
