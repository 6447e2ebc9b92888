/** What is small of a span, in one word: from bit 0 the kind, from bit 4 the status, from bit 8 the marks, from bit 16 the flags. */
export function factsOf(kind: number, status: number, marks: number, flags: number): number {
  return kind | (status << 4) | (marks << 8) | (flags << 16);
}

export const kindOf = (facts: number): number => facts & 0xf;
export const statusOf = (facts: number): number => (facts >>> 4) & 0xf;
export const marksOf = (facts: number): number => (facts >>> 8) & 0xff;
export const flagsOf = (facts: number): number => facts >>> 16;
