/** @file The public names of core, listed by hand. */
export { optimizers, schedules } from './optim/list.ts';
export { sharedParams as sharedOptimizerParams } from './optim/settings.ts';
export { findDescriptor, registry } from './registry.gen.ts';
export { tf } from './tensor/tf.ts';
