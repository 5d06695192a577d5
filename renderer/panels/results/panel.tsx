import { definePanel } from '../panel.ts';
import { ResultsPanel } from './results-panel.tsx';

export const resultsPanel = definePanel({ id: 'results', title: 'Results', order: 1, Content: ResultsPanel });
