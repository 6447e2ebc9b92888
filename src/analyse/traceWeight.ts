const ENTRY = /(?:^|,)\s*ot=([^,]*)/;
const THRESHOLD = /^th:[0-9a-f]{1,14}$/;
const ALL = 1n << 56n;

/**
 * How many requests a trace stands for, by the sampling threshold in the root's tracestate (design: analysis,
 * section 6; OpenTelemetry: tracestate-handling.md). Null where there is none: unknown, counted once.
 *
 *     ot=th:c   T = 0xc0000000000000, kept one in four    4
 *     ot=th:0   kept for certain                          1
 */
export function traceWeight(traceState: string): number | null {
  const entry = ENTRY.exec(traceState)?.[1];
  const threshold = entry?.split(';').find((member) => THRESHOLD.test(member));
  if (threshold === undefined) return null;
  const rejected = BigInt(`0x${threshold.slice(3).padEnd(14, '0')}`);
  return Number(ALL) / Number(ALL - rejected);
}
