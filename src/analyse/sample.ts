import { ascendingOrder } from '../base/ascendingOrder.ts';

/** Weighted values in ascending order. Nanoseconds. */
export interface Sample {
  readonly values: Float64Array;
  /** Share of the whole weight up to and with each value, the last is 1; null where all weights are equal. */
  readonly cumulative: Float64Array | null;
  /** (Σw)²/Σw²: how many equal weights would say as much. */
  readonly effective: number;
}

/** `weights` belong to `values` as they come. */
export function sampleOf(values: Float64Array, weights: Float64Array): Sample {
  const order = ascendingOrder(values);
  return sortedSample(picked(values, order), picked(weights, order));
}

/** `values` are in ascending order already. */
export function sortedSample(values: Float64Array, weights: Float64Array): Sample {
  const count = values.length;
  let sum = 0;
  let squares = 0;
  let areEqual = true;
  for (let i = 0; i < count; i++) {
    sum += weights[i];
    squares += weights[i] * weights[i];
    if (weights[i] !== weights[0]) areEqual = false;
  }
  if (areEqual) return equalSample(values);
  const cumulative = new Float64Array(count);
  let before = 0;
  for (let i = 0; i < count; i++) {
    before += weights[i];
    cumulative[i] = before / sum;
  }
  cumulative[count - 1] = 1;
  return { values, cumulative, effective: (sum * sum) / squares };
}

/** `values` are in ascending order already, and each counts the same. */
export function equalSample(values: Float64Array): Sample {
  return { values, cumulative: null, effective: values.length };
}

/** Share of the weight up to and with value i. */
export function cumulativeAt(sample: Sample, i: number): number {
  return sample.cumulative === null ? (i + 1) / sample.values.length : sample.cumulative[i];
}

export function picked(column: Float64Array, order: Uint32Array): Float64Array {
  const result = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) result[i] = column[order[i]];
  return result;
}
