/** @file MultiHeadAttention in PyTorch: its own has no heads that are shared, no norms, and other widths. */
import { ATTEND } from '../../ops/shared/attend-pytorch.ts';
import type { TorchDefinition, TorchLayer } from '../../spec/emit-pytorch.ts';
import { LINEAR_WEIGHTS, floatOf, normWeights } from './pytorch.ts';

function attention(drops: boolean): TorchDefinition {
  const head = drops ? '\n        dropout: float = 0.0,' : '';
  const kept = drops ? '\n        self.dropout = dropout' : '';
  const mixed = drops
    ? `
        dropout = self.dropout if self.training else 0.0
        mixed = attend(query, key, value, mask=mask, is_causal=is_causal, dropout=dropout)`
    : `
        mixed = attend(query, key, value, mask=mask, is_causal=is_causal)`;
  return {
    name: drops ? 'DroppingMultiHeadAttention' : 'MultiHeadAttention',
    needs: [ATTEND],
    source: `class ${drops ? 'DroppingMultiHeadAttention' : 'MultiHeadAttention'}(nn.Module):
    """Attention between projections to several heads; those of keys and values may be fewer."""

    def __init__(
        self,
        num_heads: int,
        in_features: int,
        *,
        qkv_features: int | None = None,
        out_features: int | None = None,
        num_kv_heads: int | None = None,
        in_kv_features: int | None = None,
        bias: bool = True,
        normalize_qk: bool = False,${head}
    ) -> None:
        super().__init__()
        width = qkv_features or in_features
        self.head_dim = width // num_heads${kept}
        narrow = (num_kv_heads or num_heads) * self.head_dim
        self.query = nn.Linear(in_features, width, bias=bias)
        self.key = nn.Linear(in_kv_features or in_features, narrow, bias=bias)
        self.value = nn.Linear(in_kv_features or in_features, narrow, bias=bias)
        self.out = nn.Linear(width, out_features or in_features, bias=bias)
        norms = [nn.LayerNorm(self.head_dim, eps=1e-6, bias=False) for _ in range(2 * normalize_qk)]
        self.query_ln, self.key_ln = norms or (nn.Identity(), nn.Identity())

    def forward(
        self,
        q: torch.Tensor,
        k: torch.Tensor | None = None,
        v: torch.Tensor | None = None,
        mask: torch.Tensor | None = None,
        is_causal: bool = False,
    ) -> torch.Tensor:
        k = q if k is None else k
        v = k if v is None else v
        query = self.query_ln(self.query(q).unflatten(-1, (-1, self.head_dim)))
        key = self.key_ln(self.key(k).unflatten(-1, (-1, self.head_dim)))
        value = self.value(v).unflatten(-1, (-1, self.head_dim))${mixed}
        return self.out(mixed.flatten(-2))`,
  };
}

export const torchAttention: TorchLayer = {
  construct: (context) => {
    const { args, source, option, define } = context;
    if (args['decode'] === true) context.refuse('Decoding with a cache is not written for PyTorch.');
    const drops = (args['dropoutRate'] as number) > 0;
    if (drops && args['broadcastDropout'] === false)
      context.refuse('Dropout of attention weights by example and head is not written for PyTorch.');
    const options = [
      ['qkv_features', 'qkvFeatures', null],
      ['out_features', 'outFeatures', null],
      ['num_kv_heads', 'numKvHeads', null],
      ['in_kv_features', 'inKvFeatures', null],
      ['bias', 'useBias', true],
      ['normalize_qk', 'normalizeQk', false],
    ] as const;
    const dropout = drops ? `, dropout=${source('dropoutRate')}` : '';
    return `${define(attention(drops))}(${source('numHeads')}, ${source('inFeatures')}${options.map(([torch, param, byDefault]) => option(torch, param, byDefault)).join('')}${dropout})`;
  },
  call: (member, { q, k, v, mask }, context) => {
    const keys = k ?? (v ? q : undefined);
    const given = [
      floatOf(q!, context, 'q'),
      keys && floatOf(keys, context, k === undefined ? 'q' : 'k'),
      v && floatOf(v, context, 'v'),
      mask && `mask=${mask}`,
      context.args['isCausal'] === true && 'is_causal=True',
    ];
    return `${member}(${given.filter(Boolean).join(', ')})`;
  },
  weights: [LINEAR_WEIGHTS, normWeights('nn.LayerNorm')],
};
