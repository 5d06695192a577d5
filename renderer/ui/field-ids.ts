/** @file Fields that commands put the keyboard into, by the id that both sides know. */
export const FIELD_IDS = { palette: 'palette-search', filter: 'module-filter', inspector: 'inspector' } as const;
