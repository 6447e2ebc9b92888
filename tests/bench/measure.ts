/** Times of one case over the runs, in run order, so that ratios can be taken inside a run. */
export type Times = readonly number[];

/**
 * Cases take turns (A B C A B C …), so that a machine that slows down slows all of them. The first round warms the
 * page cache and the compiler and is not counted; who asks for one run wants to see that it runs, and gets one.
 */
export async function interleaved<Name extends string>(
  cases: Readonly<Record<Name, () => Promise<number>>>,
  runs: number,
): Promise<Record<Name, Times>> {
  const names = Object.keys(cases) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let run = runs > 1 ? -1 : 0; run < runs; run++) {
    for (const name of names) {
      const time = await cases[name]();
      if (run >= 0) times[name].push(time);
    }
  }
  return times;
}

export function median(values: Times): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** `a` ÷ `b`, run by run. */
export function ratios(a: Times, b: Times): Times {
  return a.map((time, run) => time / b[run]);
}

/** `3.10 (2.95–3.31)` */
export function spread(values: Times, digits = 2): string {
  const show = (value: number): string => value.toFixed(digits);
  return `${show(median(values))} (${show(Math.min(...values))}–${show(Math.max(...values))})`;
}
