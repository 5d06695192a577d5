import { definePanel } from '../panel.ts';
import { CostPanel } from './cost-panel.tsx';

export const costPanel = definePanel({ id: 'cost', title: 'Cost', order: 3.5, Content: CostPanel });
