import { definePanel } from '../panel.ts';
import { CodePanel } from './code-panel.tsx';

export const codePanel = definePanel({ id: 'code', title: 'Code', order: 4, Content: CodePanel });
