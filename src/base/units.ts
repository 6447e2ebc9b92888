/** Durations and offsets inside the analysis are nanoseconds; everything a person sees is milliseconds. */
export type Nanoseconds = number;
export type Milliseconds = number;
/** A percentile as a fraction: 0.5 for p50. */
export type Fraction = number;

export function toMilliseconds(nanoseconds: Nanoseconds): Milliseconds {
  return nanoseconds / 1e6;
}
