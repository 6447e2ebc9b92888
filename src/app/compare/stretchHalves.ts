/**
 * A dataset cut in the middle, as a person would write it.
 *
 *     300 s   0s..150s and 150s..
 *     0.8 s   0s..400ms and 400ms..
 */
export function stretchHalves(seconds: number): { readonly before: string; readonly after: string } {
  if (seconds < 0.002) return { before: '', after: '' };
  const middle = seconds >= 10 ? `${Math.round(seconds / 2)}s` : `${Math.round(seconds * 500)}ms`;
  return { before: `0s..${middle}`, after: `${middle}..` };
}
