/** @file Attention of values whose heads stand before their features, for PyTorch. */
import type { TorchDefinition } from '../../spec/emit-pytorch.ts';

/** PyTorch's own wants heads in front; where a mask keeps nothing it gives NaN, or a gradient for what is masked. */
export const ATTEND: TorchDefinition = {
  name: 'attend',
  source: `def attend(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    bias: torch.Tensor | None = None,
    mask: torch.Tensor | None = None,
    is_causal: bool = False,
    dropout: float = 0.0,
) -> torch.Tensor:
    """Attention over [batch…, length, heads, depth]; heads of keys and values may be shared."""
    query, key, value = (x.transpose(-3, -2) for x in (query, key, value))
    if bias is None and mask is None and dropout == 0.0:
        is_shared = query.shape[-3] != key.shape[-3]
        mixed = F.scaled_dot_product_attention(
            query, key, value, is_causal=is_causal, enable_gqa=is_shared
        )
        return mixed.transpose(-3, -2)
    shared = query.shape[-3] // key.shape[-3]
    key, value = key.repeat_interleave(shared, dim=-3), value.repeat_interleave(shared, dim=-3)
    logits = query @ key.mT / math.sqrt(query.shape[-1])
    if bias is not None:
        logits = logits + bias
    # Finite: where nothing is kept, all weights are the same.
    lowest = torch.finfo(logits.dtype).min
    if mask is not None:
        logits = torch.where(mask != 0, logits, lowest)
    if is_causal:
        seen = torch.ones(logits.shape[-2:], dtype=torch.bool, device=logits.device).tril()
        logits = torch.where(seen, logits, lowest)
    weights = torch.softmax(logits, dim=-1)
    if dropout > 0.0:
        # One mask for all examples and heads.
        weights = weights * F.dropout(weights.new_ones(weights.shape[-2:]), dropout)
    return (weights @ value).transpose(-3, -2)`,
};
