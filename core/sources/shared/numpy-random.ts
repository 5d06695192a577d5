/** @file JAX's random numbers in NumPy, for scripts of other libraries: rows in the same order, and the same numbers where they are made up. */

/** The words of Threefry-2x32 for counters below 2^32, and what is drawn from them. A key is two words: that of a seed is (0, seed). */
export const NUMPY_THREEFRY: readonly string[] = [
  'def threefry(key: tuple[int, int], counters: np.ndarray) -> np.ndarray:',
  '    """The blocks of two words that JAX draws from a key, by their places."""',
  '    keys = [*(np.uint32(word) for word in key), np.uint32(key[0] ^ key[1] ^ 0x1BD11BDA)]',
  '    a = np.full(len(counters), keys[0])',
  '    b = counters.astype(np.uint32) + keys[1]',
  '    for turn in range(5):',
  '        for bits in ((13, 15, 26, 6), (17, 29, 16, 24))[turn % 2]:',
  '            a = a + b',
  '            b = ((b << np.uint32(bits)) | (b >> np.uint32(32 - bits))) ^ a',
  '        a = a + keys[(turn + 1) % 3]',
  '        b = b + keys[(turn + 2) % 3] + np.uint32(turn + 1)',
  '    return np.stack([a, b], axis=1)',
  '',
  '',
  'def fold_in(key: tuple[int, int], data: int) -> tuple[int, int]:',
  '    """As jax.random.fold_in; the keys of a split are those of 0, 1 …"""',
  '    first, second = threefry(key, np.array([data]))[0].tolist()',
  '    return first, second',
  '',
  '',
];

/** `permutation(fold_in((0, SEED), 1), n)`. */
export const NUMPY_PERMUTATION: readonly string[] = [
  'def permutation(key: tuple[int, int], count: int) -> np.ndarray:',
  '    """As jax.random.permutation."""',
  '    order = np.arange(count)',
  '    for _ in range(int(np.ceil(3 * np.log(max(1, count)) / np.log(2**32 - 1)))):',
  '        words = threefry(fold_in(key, 1), np.arange(count))',
  "        order = order[np.argsort(words[:, 0] ^ words[:, 1], kind='stable')]",
  '        key = fold_in(key, 0)',
  '    return order',
  '',
  '',
];
