/**
 * Moves labels on one line apart, in order, as little as it takes; widths and places in px.
 *
 *     wanted   [p50 47][p95 49]        overlapping
 *     placed   [p50 47] [p95 49]       the second moved right; at the right end all are pushed back left
 */
export function spreadLabels(
  labels: readonly { readonly x: number; readonly width: number }[],
  gap: number,
  end: number,
): number[] {
  const placed: number[] = [];
  let free = 0;
  for (const { x, width } of labels) {
    placed.push(Math.max(x, free));
    free = placed[placed.length - 1] + width + gap;
  }
  let limit = end;
  for (let i = labels.length - 1; i >= 0; i--) {
    placed[i] = Math.max(0, Math.min(placed[i], limit - labels[i].width));
    limit = placed[i] - gap;
  }
  return placed;
}
