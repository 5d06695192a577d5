/** @file Finding something by a few letters of its words. */

/**
 * How well a query fits a text: higher is better, 0 is not at all. Every word of the query must begin a word of the text, or occur in
 * it; beginnings weigh more.
 */
export function scoreText(query: string, text: string): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return 1;
  const parts = text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  const whole = text.toLowerCase();
  let score = 0;
  for (const word of words) {
    if (whole.startsWith(word)) score += 4;
    else if (parts.some((part) => part.startsWith(word))) score += 2;
    else if (whole.includes(word)) score += 1;
    else return 0;
  }
  return score;
}
