/**
 * @file Arithmetic on dimensions that may be unknown. A dimension is a number or an expression over names in one canonical
 * spelling, so that two equal dimensions are the same text: `batch`, `3*batch`, `(time-2)`, `ceil(height/2)`.
 */
/** A name stands for the same unknown length wherever it occurs in one graph; `3*batch` is a name, too. */
export type Dim = number | string;

/** A sum of products: the coefficient of each product of names; the key of the constant term is ''. */
type Terms = ReadonlyMap<string, number>;

/** Splits at any of `marks` outside parentheses; each part keeps the mark before it. */
function splitOutside(text: string, marks: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]!;
    if (letter === '(') depth++;
    else if (letter === ')') depth--;
    else if (depth === 0 && i > start && marks.includes(letter)) {
      parts.push(text.slice(start, i));
      start = i;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function parseProduct(text: string): [names: string, coefficient: number] {
  let coefficient = 1;
  const names: string[] = [];
  for (const part of splitOutside(text, '*').map((each) => each.replace(/^[*+]/, ''))) {
    if (/^-?\d+$/.test(part)) coefficient *= Number(part);
    else if (part.startsWith('-')) {
      coefficient = -coefficient;
      names.push(part.slice(1));
    } else names.push(part);
  }
  return [names.sort().join('*'), coefficient];
}

function parse(dim: Dim): Terms {
  if (typeof dim === 'number') return new Map(dim === 0 ? [] : [['', dim]]);
  // A sum stands in parentheses as a whole: '(2*time-1)'; 'ceil(height/2)' does not begin with one.
  const isSum = dim.startsWith('(') && splitOutside(dim, '*').length === 1;
  return new Map(isSum ? splitOutside(dim.slice(1, -1), '+-').map(parseProduct) : [parseProduct(dim)]);
}

function format(terms: Terms): Dim {
  const entries = [...terms].filter(([, coefficient]) => coefficient !== 0);
  const constant = entries.find(([names]) => names === '')?.[1] ?? 0;
  const products = entries
    .filter(([names]) => names !== '')
    // Positive terms first: '(time-batch)', not '(-batch+time)'.
    .sort(([a, m], [b, n]) => Math.sign(n) - Math.sign(m) || (a < b ? -1 : 1))
    .map(([names, coefficient]) => (coefficient === 1 ? names : coefficient === -1 ? `-${names}` : `${coefficient}*${names}`));
  if (products.length === 0) return constant;
  if (products.length === 1 && constant === 0) return products[0]!;
  const all = constant === 0 ? products : [...products, String(constant)];
  return `(${all.join('+').replaceAll('+-', '-')})`;
}

/** The sum; 0 for no dimension. */
export function addDims(...dims: readonly Dim[]): Dim {
  const sum = new Map<string, number>();
  for (const dim of dims) for (const [names, coefficient] of parse(dim)) sum.set(names, (sum.get(names) ?? 0) + coefficient);
  return format(sum);
}

/** The product; 1 for no dimension. */
export function multiplyDims(...dims: readonly Dim[]): Dim {
  let product: Terms = new Map([['', 1]]);
  for (const dim of dims) {
    const next = new Map<string, number>();
    for (const [left, a] of product)
      for (const [right, b] of parse(dim)) {
        const names = [...splitOutside(left, '*'), ...splitOutside(right, '*')].map((name) => name.replace(/^\*/, ''));
        const key = names
          .filter((name) => name !== '')
          .sort()
          .join('*');
        next.set(key, (next.get(key) ?? 0) + a * b);
      }
    product = next;
  }
  return format(product);
}

/** The quotient where it is known to be whole, else undefined. */
export function divideDims(dividend: Dim, divisor: Dim): Dim | undefined {
  const terms = parse(dividend);
  const [[names, coefficient] = ['', 0], ...rest] = [...parse(divisor)];
  if (coefficient === 0) return undefined;
  if (rest.length > 0) return dividend === divisor ? 1 : undefined;
  const wanted = names === '' ? [] : names.split('*');
  const quotient = new Map<string, number>();
  for (const [product, factor] of terms) {
    const left = product === '' ? [] : splitOutside(product, '*').map((name) => name.replace(/^\*/, ''));
    for (const name of wanted) {
      const at = left.indexOf(name);
      if (at < 0) return undefined;
      left.splice(at, 1);
    }
    if (factor % coefficient !== 0) return undefined;
    quotient.set(left.join('*'), factor / coefficient);
  }
  return format(quotient);
}

/** `dim / divisor` rounded up. */
export function ceilDivide(dim: Dim, divisor: number): Dim {
  return typeof dim === 'number' ? Math.ceil(dim / divisor) : (divideDims(dim, divisor) ?? `ceil(${dim}/${divisor})`);
}

/** `dim / divisor` rounded down. */
export function floorDivide(dim: Dim, divisor: number): Dim {
  return typeof dim === 'number' ? Math.floor(dim / divisor) : (divideDims(dim, divisor) ?? `floor(${dim}/${divisor})`);
}

/** The number that a dimension is where its names have these lengths; undefined where one has none. */
export function evaluateDim(dim: Dim, lengths: ReadonlyMap<string, number>): number | undefined {
  if (typeof dim === 'number') return dim;
  let sum = 0;
  for (const [names, coefficient] of parse(dim)) {
    let product = coefficient;
    for (const name of splitOutside(names, '*').map((each) => each.replace(/^\*/, ''))) {
      const factor = name === '' ? 1 : evaluateName(name, lengths);
      if (factor === undefined) return undefined;
      product *= factor;
    }
    sum += product;
  }
  return sum;
}

/** A name, a sum in parentheses, or a quotient: `ceil(height/2)`. */
function evaluateName(name: string, lengths: ReadonlyMap<string, number>): number | undefined {
  const quotient = /^(ceil|floor)\((.*)\/(\d+)\)$/.exec(name);
  if (quotient) {
    const dividend = evaluateDim(quotient[2]!, lengths);
    return dividend === undefined ? undefined : Math[quotient[1] as 'ceil' | 'floor'](dividend / Number(quotient[3]));
  }
  return name.startsWith('(') ? evaluateDim(name, lengths) : lengths.get(name);
}

/** The names that a dimension is made of: `batch` and `time` of `(batch*ceil(time/2)+1)`. */
export function namesIn(dim: Dim): readonly string[] {
  if (typeof dim === 'number') return [];
  return [...new Set(dim.match(/[A-Za-z_]\w*/g) ?? [])].filter((name) => name !== 'ceil' && name !== 'floor');
}
