import { route, type Placement } from './route.ts';

/** Of the wide and the airy arrangement of two pictures, as on the page while one of them is presented. */
const REMEMBERED = 4;
const known = new Map<string, Placement>();

/**
 * `route`, remembered. While the percentile moves, boxes and lines stay, and a pill keeps its width unless its number
 * gets another digit: then the way of the lines, which takes longer to find than all else takes to draw, is the same.
 * What is asked for is plain data and the whole key, so a remembered answer is the answer.
 */
export function rememberedRoute(...question: Parameters<typeof route>): Placement {
  const key = JSON.stringify(question);
  const placement = known.get(key) ?? route(...question);
  // Last asked, last forgotten.
  known.delete(key);
  known.set(key, placement);
  for (const oldest of known.keys()) {
    if (known.size <= REMEMBERED) break;
    known.delete(oldest);
  }
  return placement;
}
