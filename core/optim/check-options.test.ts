import { expect, it } from 'vitest';
import { adamw } from './adamw.ts';
import { adam } from './adam.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import { linearSchedule } from './schedules/linear-schedule.ts';
import { sgd } from './sgd.ts';

it('a rule refuses what is misspelt, missing or of another type, and names what was meant', () => {
  expect(() => adam({ learning_rate: 0.1 } as never)).toThrow('adam expects a value for learningRate but got none. Set learningRate.');
  expect(() => adam({ learningRate: 0.1, epsroot: 1 } as never)).toThrow('Write epsRoot instead of epsroot.');
  expect(() => adam({ learningRate: 0.1, schedule: () => 1 } as never)).toThrow('but got schedule. Remove schedule.');
  expect(() => sgd({ learningRate: '0.1' } as never)).toThrow('got "0.1"');
  expect(() => adam(0.1 as never)).toThrow('adam takes its options as one object, such as { learningRate: 0.001 }, got 0.1.');
  expect(() => adam(undefined as never)).toThrow('got undefined');
  expect(() => clipByGlobalNorm({ maxNorm: 1 } as never)).toThrow('takes the largest norm as a number');
});

it('takes schedules, masks, and steps uphill', () => {
  const learningRate = linearSchedule({ initValue: 0.1, endValue: 0, transitionSteps: 10 });
  expect(() => adamw({ learningRate, weightDecay: learningRate, mask: (path) => path.at(-1) === 'kernel' })).not.toThrow();
  expect(() => sgd({ learningRate: -0.1, momentum: null })).not.toThrow();
});
