/** Hebrew, Arabic and their like, which run from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * A name that other words follow: behind one that runs from right to left stands a mark, else a number, a dot or an
 * arrow after it would be drawn before it, and `A → B` be read as B → A.
 */
export function leftToRight(name: string): string {
  return RIGHT_TO_LEFT.test(name) ? `${name}\u200e` : name;
}
