import { definePanel } from '../panel.ts';
import { ComparePanel } from './compare-panel.tsx';

export const comparePanel = definePanel({ id: 'compare', title: 'Compare', order: 1.7, Content: ComparePanel });
