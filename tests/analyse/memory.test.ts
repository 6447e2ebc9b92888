import { describe, expect, test } from 'vitest';
import { inspectReport } from '../../src/analyse/inspectReport.ts';
import { NO_CONFIG } from '../../src/config/hoplineConfig.ts';
import { analysed } from '../helpers/analysed.ts';
import type { Resources } from '../helpers/traceText.ts';

const TEXT = `
  cart GET /cart 0..50 server
    prices-1 GET /price 10..40 server`;

/** The text's services are resources, so a pod's peak can be given to one of them as the decoders write it. */
function peaks(resources: Resources, config = NO_CONFIG) {
  const analysis = analysed(TEXT, config, resources);
  const hops = analysis.paths[0].hops.map(({ id, memory }) => [id, memory] as const);
  return { analysis, hops: Object.fromEntries(hops) };
}

describe('the memory peak of a hop', () => {
  test('is what its pod used most, by the first gauge that there is', () => {
    const { hops, analysis } = peaks({
      cart: { 'k8s.pod.name': 'cart-7f', 'max(process.memory.usage)': 3.4e8, 'max(jvm.memory.used)': 9e9 },
    });
    expect(hops).toEqual({ cart: { bytes: 3.4e8, pods: 1, gauge: 'process.memory.usage' }, 'prices-1': undefined });
    expect(analysis.summary.peakMemory).toBe(3.4e8);
    const [cart, prices] = inspectReport(analysis).paths[0].hops;
    expect([cart.peak_memory_bytes, 'peak_memory_bytes' in prices]).toEqual([3.4e8, false]);
  });

  test('is that of the largest of its pods, also where the config makes one hop of several services', () => {
    const config = { ...NO_CONFIG, renames: { 'prices-*': 'cart' } };
    const { hops } = peaks(
      {
        cart: { 'k8s.pod.name': 'cart-7f', 'max(go.memory.used)': 1e8 },
        'prices-1': { 'k8s.pod.name': 'prices-1', 'max(go.memory.used)': 2e8 },
      },
      config,
    );
    expect(hops).toEqual({ cart: { bytes: 2e8, pods: 2, gauge: 'go.memory.used' } });
  });

  test('is not there where no metric tells', () => {
    const { hops, analysis } = peaks({});
    expect(hops).toEqual({ cart: undefined, 'prices-1': undefined });
    expect(analysis.summary.peakMemory).toBeNull();
  });
});
