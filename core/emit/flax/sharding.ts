/** @file Training over all devices of a machine or a cluster: the batch is split by rows, the model lies whole on each (data parallel), by JAX's own mesh and sharding. */

/** Stands between the imports of libraries and that of the model, which computes: a cluster is joined before. */
export const JOINING: readonly string[] = [
  "if 'JAX_NUM_PROCESSES' in os.environ:",
  '    # Started by hand on each machine, with JAX_COORDINATOR_ADDRESS (host:port of the first) and JAX_PROCESS_ID.',
  '    jax.distributed.initialize(',
  "        num_processes=int(os.environ['JAX_NUM_PROCESSES']),",
  "        process_id=int(os.environ['JAX_PROCESS_ID']),",
  '    )',
  "elif 'SLURM_JOB_ID' in os.environ:",
  '    jax.distributed.initialize()',
];

export const SHARDING_IMPORTS: readonly string[] = ['import os', 'from jax.sharding import AxisType, NamedSharding, PartitionSpec'];

/** `spread_rows` for each batch, `spread_whole` for the state of the model and of the optimizer, once. */
export const SPREADING: readonly string[] = [
  '# How the work is spread within a step is left to the compiler.',
  "MESH = jax.make_mesh((jax.device_count(),), ('rows',), axis_types=(AxisType.Auto,))",
  "WHOLE, ROWS = NamedSharding(MESH, PartitionSpec()), NamedSharding(MESH, PartitionSpec('rows'))",
  '# Each process gives all of a value, and keeps what lies on its own devices.',
  'lay_whole = jax.jit(lambda value: value, out_shardings=WHOLE)',
  'lay_rows = jax.jit(lambda value: value, out_shardings=ROWS)',
  '',
  '',
  'def spread_rows(batch: tuple[tuple[jax.Array, ...], jax.Array | None]) -> tuple:',
  '    """The rows over all devices; a batch whose rows do not divide among them lies whole on each."""',
  '',
  '    def spread(value: jax.Array) -> jax.Array:',
  '        divides = value.ndim > 0 and value.shape[0] % MESH.size == 0',
  '        return (lay_rows if divides else lay_whole)(value)',
  '',
  '    return jax.tree.map(spread, batch)',
  '',
  '',
  'def spread_whole(module: nnx.Module) -> None:',
  '    """The state lies whole on each device."""',
  '    nnx.update(module, lay_whole(nnx.state(module)))',
];
