import { resetMemos, rollBackMemos } from './memo.ts';
import { resourceCount, rollBackOwners, scopeCount, setResource, setScope } from './owners.ts';
import { resetShapes, rollBackShapes, shapeCount } from './shapes.ts';
import { eventCount, linkCount, negativeDurations, rollBackSpans, spanCount } from './spans.ts';
import { resetStrings, rollBackStrings, stringCount } from './strings.ts';
import { resetTraces, rollBackTraces, traceCount } from './traces.ts';
import { numberCount, rollBackValues, valueCount } from './values.ts';

/**
 * A batch begins empty, grows by whole units, and is taken by the host. What was read of a unit that did not come to
 * its end is taken back: to where the batch was at its beginning.
 *
 *     unit │ unit │ uni✗    ── rollBack() ──▶    unit │ unit │
 *                 └ taken
 */

let savedStrings: u32 = 0;
let savedShapes: u32 = 0;
let savedValues: u32 = 0;
let savedNumbers: u32 = 0;
let savedTraces: u32 = 0;
let savedSpans: u32 = 0;
let savedEvents: u32 = 0;
let savedLinks: u32 = 0;
let savedNegatives: u32 = 0;
let savedResources: u32 = 0;
let savedScopes: u32 = 0;

/** Empties the batch. To be called once before the first, too. */
export function reset(): void {
  resetStrings();
  resetShapes();
  resetTraces();
  resetMemos();
  rollBackValues(0, 0);
  rollBackSpans(0, 0, 0, 0);
  rollBackOwners(1, 1);
  setResource(0, 0, 0);
  setScope(0, 0, 0, 0, 0);
  take(0);
}

/** Behind the last unit that was taken: here the next begins. */
export let taken: usize = 0;

/** Everything up to `end` is in the batch for good: of what follows, all or nothing will be. */
export function take(end: usize): void {
  taken = end;
  savedStrings = stringCount;
  savedShapes = shapeCount;
  savedValues = valueCount;
  savedNumbers = numberCount;
  savedTraces = traceCount;
  savedSpans = spanCount;
  savedEvents = eventCount;
  savedLinks = linkCount;
  savedNegatives = negativeDurations;
  savedResources = resourceCount;
  savedScopes = scopeCount;
}

/** Takes back everything behind `taken`. */
export function rollBack(): void {
  rollBackMemos(savedResources, savedScopes);
  rollBackShapes(savedShapes, savedStrings);
  rollBackStrings(savedStrings);
  rollBackValues(savedValues, savedNumbers);
  rollBackTraces(savedTraces);
  rollBackSpans(savedSpans, savedEvents, savedLinks, savedNegatives);
  rollBackOwners(savedResources, savedScopes);
}
