/**
 * Where in a span's sixteen words what is, on its way from the kernel to the builder: 64 bytes, one line of the
 * processor's cache.
 *
 *     word   0 1      2 3         4 5     6 7   8      9            10         11      12      13       14      15
 *            span id  parent's id start   end   name   trace state  resource   scope   shape   offset   facts   message
 *
 * Ids and times are two words each, the high one first. Which trace a span is in stands apart.
 */
export const SPAN_ID = 0;
export const PARENT_ID = 2;
export const START = 4;
export const END = 6;
export const NAME = 8;
export const TRACE_STATE = 9;
export const RESOURCE = 10;
export const SCOPE = 11;
export const SHAPE = 12;
export const OFFSET = 13;
export const FACTS = 14;
export const STATUS_MESSAGE = 15;
export const ROW_WORDS = 16;

/** The word at FACTS: from bit 0 the kind, from bit 4 the status, from bit 8 the marks, from bit 16 the flags. */
export function factsOf(kind: number, status: number, marks: number, flags: number): number {
  return kind | (status << 4) | (marks << 8) | (flags << 16);
}

export const kindOf = (facts: number): number => facts & 0xf;
export const statusOf = (facts: number): number => (facts >>> 4) & 0xf;
export const marksOf = (facts: number): number => (facts >>> 8) & 0xff;
export const flagsOf = (facts: number): number => facts >>> 16;
