/** @file How requests and values are named. */

export type RequestId = number;

/** Names a tensor that the worker keeps of a run: by its place, so that it is the same from run to run. */
export type ValueKey = string;
