/**
 * Ways in which a unit is given up. Every one ends in a trap, which the host catches: so nothing that reads has to
 * look at what it called came back with, and the straight line is all there is to read.
 *
 *     jsonSpans ─▶ span ─▶ attributes ─▶ string ─▶ stopAt(p)  ✗ trap ──▶ host: why is in `stop`, then rollBack()
 */

/** Nothing stopped the entry, so far. */
const DONE: u32 = 0;
/** What stands here is not for the kernel: uncommon, or damaged. The host reads this unit. */
const ODD: u32 = 1;
/** The unit goes on behind the bytes that are there. */
const RAN_OUT: u32 = 2;
/** A column has no room for the unit. */
const FULL: u32 = 3;

/** Why the entry stopped: `StopReason` of kernelExports.ts. */
export let stop: u32 = DONE;

/** All tokens whose length is not looked for are shorter. */
const LONGEST_TOKEN: usize = 64;

let inputEnd: usize = 0;

/** An entry begins: its input ends before `end`, where zeros follow. No token holds a zero, so none goes beyond. */
export function beginInput(end: usize): void {
  inputEnd = end;
  stop = DONE;
}

/* @inline */ export function endOfInput(): usize {
  return inputEnd;
}

/**
 * Gives up at `p`. A token that is cut off can look like an odd one: near the end of the input it counts as cut off,
 * and the host, when it has all the bytes there are, reads the unit itself.
 */
export function stopAt(p: usize): void {
  stop = p + LONGEST_TOKEN > inputEnd ? RAN_OUT : ODD;
  unreachable();
}

export function stopOdd(): void {
  stop = ODD;
  unreachable();
}

export function stopRanOut(): void {
  stop = RAN_OUT;
  unreachable();
}

export function stopFull(): void {
  stop = FULL;
  unreachable();
}
