/** @file A document as one description of its model, from which Modules are built and code is written. */
export type { AliasPlan, ClassPlan, ClassProgram, LayerPlan, MadeMember, MemberPlan, UnknownPlan } from './class-program.ts';
export type { CallStep, ConstantStep, InputStep, LeftNode, OpStep, OutputSlot, Program, Slot, Step } from './compile-graph.ts';
export { describeModel } from './model-program.ts';
export type { ModelProgram, SettingPlan, ViewPlan } from './model-program.ts';
