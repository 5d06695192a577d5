import { definePanel } from '../panel.ts';
import { TrainingPanel } from './training-panel.tsx';

export const trainingPanel = definePanel({ id: 'training', title: 'Training', order: 2, Content: TrainingPanel });
