import { definePanel } from '../panel.ts';
import { LogPanel } from './log-panel.tsx';

export const logPanel = definePanel({ id: 'log', title: 'Log', order: 5, Content: LogPanel });
