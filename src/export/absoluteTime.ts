const LATEST = 2n ** 64n - 1n;

/**
 * Nanoseconds since 1970 out of the store's "nanoseconds from the trace's origin". That is exact for a trace shorter
 * than 104 days. In a longer one the rounded time is what comes out, but a span without a time stays without one.
 */
export function absoluteTime(origin: bigint, relative: number): bigint {
  if (relative === -Number(origin)) return 0n;
  const time = origin + BigInt(relative);
  return time < 0n ? 0n : time > LATEST ? LATEST : time;
}
