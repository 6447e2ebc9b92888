/** The percentiles that budgets, `inspect --json` and an exported diagram hold. */
export const PERCENTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
export type PercentileKey = keyof typeof PERCENTILES;
export const PERCENTILE_KEYS = ['p50', 'p95', 'p99'] as const satisfies readonly PercentileKey[];

/** Beyond these a percentile says nothing that its neighbours do not. */
export const PERCENTILE_RANGE = { least: 0.0001, most: 0.9999 } as const;

/** One number for each of the three percentiles. */
export type PercentileValues = Readonly<Record<PercentileKey, number>>;
