import { definePanel } from '../panel.ts';
import { HistoryPanel } from './history-panel.tsx';

export const historyPanel = definePanel({ id: 'history', title: 'History', order: 6, Content: HistoryPanel });
