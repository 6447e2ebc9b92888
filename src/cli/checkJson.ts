import type { CheckReport } from './checkReport.ts';

/**
 * For programs: names as in `inspect --json`, times in ms in full precision.
 *
 *     { "config", "confident", "result": "pass" | "over" | "insufficient", "counts": { "over", … },
 *       "bounds": [ { "path", "entry", "bound", "percentile", "measured_ms", "interval_ms": { "low", "high" },
 *                     "budget_ms", "effective_traces", "verdict", "fails", "hint"?, "line", "column" } ] }
 */
export function checkJson({ configFile, isConfident, bounds, counts, code }: CheckReport): string {
  const report = {
    config: configFile,
    confident: isConfident,
    result: code === 0 ? 'pass' : code === 1 ? 'over' : 'insufficient',
    counts,
    bounds: bounds.map(({ path, entry, what, percentile, measuredMs, interval, budgetMs, ...bound }) => ({
      path,
      entry: entry === '' ? null : entry,
      bound: what,
      percentile,
      measured_ms: measuredMs,
      interval_ms: { low: interval.lowMs, high: interval.highMs },
      budget_ms: budgetMs,
      effective_traces: bound.effectiveTraces,
      verdict: bound.verdict,
      fails: bound.isFailing,
      ...(bound.hint !== null && { hint: bound.hint }),
      ...bound.place,
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
