/** @file Attention of values whose heads stand before their features, for PyTorch. */
import type { TorchDefinition } from '../../spec/emit-pytorch.ts';

/** PyTorch's own wants heads in front, and gives NaN where a mask keeps nothing: there the weights are all the same. */
export const ATTEND: TorchDefinition = {
  name: 'attend',
  source: `def attend(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    bias: torch.Tensor | None = None,
    mask: torch.Tensor | None = None,
    is_causal: bool = False,
) -> torch.Tensor:
    """Attention over [batch…, length, heads, depth]; heads of keys and values may be shared."""
    added = bias
    if mask is not None:
        lowest = torch.finfo(query.dtype).min
        added = torch.where(mask != 0, 0.0 if bias is None else bias, lowest)
    if is_causal and added is not None:
        seen = added.new_ones(query.shape[-3], key.shape[-3], dtype=torch.bool).tril()
        added, is_causal = torch.where(seen, added, torch.finfo(query.dtype).min), False
    mixed = F.scaled_dot_product_attention(
        query.transpose(-3, -2),
        key.transpose(-3, -2),
        value.transpose(-3, -2),
        attn_mask=added,
        is_causal=is_causal,
        enable_gqa=query.shape[-2] != key.shape[-2],
    )
    return mixed.transpose(-3, -2)`,
};
