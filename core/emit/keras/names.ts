/** @file Names of a document where Keras has the same for itself: they get a `_`. */
import { identifier } from '../identifier.ts';
import { pythonName } from '../python/names.ts';

/** Attributes of every `keras.Model`, which a member of this name would hide or could not set. */
const OF_MODEL = new Set(
  `activity_regularizer add_loss add_metric add_variable add_weight autocast build build_from_config built call call_signature_parameters compile
  compile_from_config compiled compute_dtype compute_loss compute_loss_and_updates compute_mask compute_metrics compute_output_shape
  compute_output_spec count_params dtype dtype_policy evaluate export fit from_config get_build_config get_compile_config get_config get_layer
  get_metrics_result get_quantization_layer_structure get_state_tree get_weights input input_dtype input_spec inputs jax_state_sync jit_compile
  layers load_own_variables load_weights loss losses make_predict_function make_test_function make_train_function metrics metrics_names
  metrics_variables name non_trainable_variables non_trainable_weights optimizer output outputs path predict predict_function predict_on_batch
  predict_step quantization_mode quantize quantized_build quantized_call rematerialized_call reset_metrics run_eagerly save save_own_variables
  save_weights set_state_tree set_weights stateless_call stateless_compute_loss steps_per_execution stop_training summary supports_jit
  supports_masking symbolic_call test_function test_on_batch test_step to_json train_function train_on_batch train_step trainable
  trainable_variables trainable_weights variable_dtype variables weights`.split(/\s+/),
);

/** What the file has names for. */
const OF_FILE = new Set('keras layers ops np load_file load_weights find_weight training'.split(' '));

const apart = (name: string, taken: ReadonlySet<string>) => (taken.has(name) ? `${name}_` : name);

/** A member, or a field that is an attribute. */
export function attributeName(name: string): string {
  return apart(pythonName(name), OF_MODEL);
}

/** A field or an input where it is an argument. */
export function argumentName(name: string): string {
  return apart(pythonName(name), OF_FILE);
}

/** A class. */
export function className(name: string): string {
  return apart(identifier(name), OF_FILE);
}

/** Names that no value may have: the code or Python uses them. */
export const RESERVED: ReadonlySet<string> = new Set([
  ...OF_FILE,
  ...`self model abs all any bool dict filter float int iter len list map max min next object pow print range repr round set slice sorted str sum
  super tuple type vars zip`.split(/\s+/),
]);
