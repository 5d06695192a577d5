/** @file The lines that load a file of weights with Flax's names, as this program saves them, into the model of PyTorch. */
import type { TorchWeight, TorchWeights } from '../../spec/emit-pytorch.ts';
import { writePlain } from '../python/literal.ts';
import { writeText } from '../python/text.ts';
import type { PythonWriter } from '../python/writer.ts';

/** What the table holds of each tensor: the class, PyTorch's name, Flax's, the axes of Flax in PyTorch's order, those that run backwards. */
export function writeWeights(writer: PythonWriter, all: ReadonlyMap<string, TorchWeights>): void {
  const rows = [...all.values()]
    .sort((a, b) => (a.of < b.of ? -1 : 1))
    .flatMap(({ of, tensors }) => Object.entries(tensors).map(([name, weight]) => rowParts(of, name, weight)));
  const isFlipped = [...all.values()].some(({ tensors }) => Object.values(tensors).some(({ flipped }) => flipped));
  writer.line();
  writer.line();
  if (rows.length > 0) {
    writer.comment("Tensors with another name in Flax; of kernels also Flax's axes in PyTorch's order.");
    writer.line('FLAX_TENSORS = [');
    writer.indented(() => {
      for (const parts of rows) {
        const line = `(${parts.join(', ')}),`;
        if (line.length <= 96) writer.plain(line);
        else for (const each of ['(', ...parts.map((part) => `    ${part},`), '),']) writer.plain(each);
      }
    });
    writer.line(']');
    writer.line();
    writer.line();
  }
  for (const line of [
    'def load_flax_weights(model: nn.Module, path: str) -> None:',
    '    """Loads the weights that Espalier saved, which have the names and the layouts of Flax."""',
    '    given, loaded = load_file(path), set()',
    '    for place, module in model.named_modules(remove_duplicate=False):',
    '        own = dict(module.named_parameters(recurse=False))',
    '        own |= dict(module.named_buffers(recurse=False))',
    '        rows = [(name, name) for name in own]',
    ...(rows.length > 0 ? ['        rows += [row for kind, *row in FLAX_TENSORS if isinstance(module, kind)]'] : []),
    `        for name, names${rows.length > 0 ? ', *turn' : ''} in rows:`,
    "            parts = [given.get(f'{place}.{each}' if place else each) for each in names.split()]",
    '            if name not in own or any(part is None for part in parts):',
    '                continue',
    '            value, target = torch.cat(parts, -1) if len(parts) > 1 else parts[0], own[name]',
    ...(rows.length > 0
      ? [
          '            if turn and turn[0]:',
          '                axes = turn[0]',
          '                shape = [target.shape[axes.index(axis)] for axis in range(target.ndim)]',
          '                value = value.reshape(shape).permute(axes)',
          ...(isFlipped ? ['            if len(turn) > 1:', '                value = value.flip(turn[1])'] : []),
        ]
      : []),
    '            with torch.no_grad():',
    '                target.copy_(value.reshape(target.shape))',
    '            loaded.add(id(target))',
    '    for name, parameter in model.named_parameters():',
    '        if parameter.requires_grad and id(parameter) not in loaded:',
    "            raise KeyError(f'{path} holds no weights for {name}')",
  ])
    writer.indentedLine(line);
}

function rowParts(of: string, name: string, { flax, axes, flipped }: TorchWeight): readonly string[] {
  const names = writeText([flax].flat().join(' '));
  const turn = axes === undefined ? (flipped ? ['()'] : []) : [writePlain([...axes])];
  return [of, writeText(name), names, ...turn, ...(flipped ? [writePlain([...flipped])] : [])];
}
