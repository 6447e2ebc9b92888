/** The percentiles that budgets, `inspect --json` and an exported diagram hold. */
export const PERCENTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
export type PercentileKey = keyof typeof PERCENTILES;
export const PERCENTILE_KEYS = ['p50', 'p95', 'p99'] as const satisfies readonly PercentileKey[];

/** One number for each of the three percentiles. */
export type PercentileValues = Readonly<Record<PercentileKey, number>>;
