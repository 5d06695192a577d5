import { expect, it } from 'vitest';
import { addPoints, beginCourse, lastStepOf, MOST_COURSES, nearestStep } from './courses.ts';

const pointsOf = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => ({ step: from + i, loss: 1 / (from + i) }));
const NONE = { training: null, courses: [] };

function trained(steps: number) {
  const begun = beginCourse(NONE, { step: 0, goal: steps }, 'a');
  return { ...begun, training: addPoints(begun.training!, pointsOf(1, steps)) };
}

it('a training that goes on where it stopped is the same course', () => {
  const { training, courses } = beginCourse(trained(4), { step: 4, goal: 8 }, 'b');
  expect([training?.course.name, training?.course.points.length, training?.hash, courses]).toEqual(['Training 1', 4, 'b', []]);
});

it('whoever went back and trains on from there begins another course, and the one before stays whole', () => {
  const before = trained(4);
  const { training, courses } = beginCourse({ ...before, training: { ...before.training, step: 2 } }, { step: 2, goal: 6 }, 'a');
  expect(training?.course).toMatchObject({ name: 'Training 2', from: { course: 'Training 1', step: 2 } });
  expect(training?.course.points.map(({ step }) => step)).toEqual([1, 2]);
  expect(courses.map(({ name, points }) => [name, points.length])).toEqual([['Training 1', 4]]);
});

it('fresh weights begin another course, and only so many are kept', () => {
  let state: Parameters<typeof beginCourse>[0] = NONE;
  for (let i = 0; i < MOST_COURSES + 3; i++) {
    state = beginCourse(state, { step: 0, goal: 1 }, 'a');
    state = { ...state, training: addPoints(state.training!, pointsOf(1, 1)) };
  }
  expect(state.training?.course.name).toBe(`Training ${MOST_COURSES + 3}`);
  expect(state.courses.map(({ id }) => id)).toEqual(Array.from({ length: MOST_COURSES }, (_, i) => MOST_COURSES + 2 - i));
});

it('knows how far it came, and the nearest step that is kept', () => {
  const { training } = trained(9);
  expect(lastStepOf({ ...training, step: 3 })).toBe(9);
  expect([nearestStep([0, 4, 8], 5), nearestStep([0, 4, 8], 7), nearestStep([], 7)]).toEqual([4, 8, 7]);
});
