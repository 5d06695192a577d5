/** @file The courses of trainings: the present one, and those that another start or a way back has left behind. Pure. */
import type { MetricPoint } from '../../../core/run/index.ts';
import type { Course, RunsState, TrainingProgress } from './store.ts';

/** So many earlier ones are kept; more curves over each other say nothing. */
export const MOST_COURSES = 6;

type Trainings = Pick<RunsState, 'training' | 'courses'>;

/** A training starts behind so many steps: fresh weights, and another way from an earlier step, begin another course. */
export function beginCourse({ training, courses }: Trainings, { step, goal }: { step: number; goal: number }, hash: string): Trainings {
  const isNew = !training || step === 0 || training.course.points.some((point) => point.step > step);
  if (!isNew) return { training: { ...training, hash, step, goal, diverged: false, hit: null, canContinue: true }, courses };
  const left = training?.course;
  const id = 1 + Math.max(0, ...[...courses, ...(left ? [left] : [])].map((course) => course.id));
  const course: Course = {
    id,
    name: `Training ${id}`,
    points: step === 0 ? [] : (left?.points ?? []).filter((point) => point.step <= step),
    from: step === 0 || !left ? null : { course: left.name, step },
  };
  return {
    training: { hash, course, step, goal, canContinue: true, diverged: false, hit: null, kept: NOTHING_KEPT },
    courses: left && left.points.length > 0 ? [left, ...courses].slice(0, MOST_COURSES) : courses,
  };
}

export const NOTHING_KEPT: TrainingProgress['kept'] = { steps: [], bytes: 0, problem: null };

/** More was measured. */
export function addPoints(training: TrainingProgress, points: readonly MetricPoint[]): TrainingProgress {
  const { course, step } = training;
  return { ...training, step: points.at(-1)?.step ?? step, course: { ...course, points: [...course.points, ...points] } };
}

/** How far the course has been measured: beyond the present step after one went back. */
export function lastStepOf({ course, step }: TrainingProgress): number {
  return Math.max(step, course.points.at(-1)?.step ?? 0);
}

/** The kept step that is nearest. */
export function nearestStep(steps: readonly number[], step: number): number {
  return steps.reduce((best, each) => (Math.abs(each - step) < Math.abs(best - step) ? each : best), steps[0] ?? step);
}
