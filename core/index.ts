/** @file The public names of core, listed by hand. */
export { findDescriptor, registry } from './registry.gen.ts';
export { tf } from './tensor/tf.ts';
