import { MEMORY_GAUGES, peakKey, POD_KEYS } from '../config/memoryGauges.ts';
import { AttributeLookup } from '../store/attributes.ts';
import type { SpanTable } from '../store/spanTable.ts';
import type { MemoryPeak } from './model.ts';

/**
 * By hop: the most memory that any pod of its service used, by the first gauge of config/memoryGauges.ts that there is
 * for it. `rename` gives the id of a hop from the name of a service.
 *
 *     cart-7f  process.memory.usage 300 MB · jvm.memory.used 180 MB      cart-9c  process.memory.usage 340 MB
 *     cart     340 MB a pod, 2 pods, process.memory.usage
 */
export function memoryPeaks(
  { attributes, resources }: SpanTable,
  rename: (service: string) => string,
): ReadonlyMap<string, MemoryPeak> {
  const keys = MEMORY_GAUGES.map(({ name }) => peakKey(name));
  if (keys.every((key) => attributes.strings.find(key) < 0)) return new Map();
  const lookup = new AttributeLookup<string>(attributes, [...keys, ...POD_KEYS]);
  const found = new Map<string, { rank: number; bytes: number; readonly pods: Set<string> }>();
  for (let resource = 0; resource < resources.service.length; resource++) {
    const [shape, offset] = [resources.shape[resource], resources.offset[resource]];
    const rank = keys.findIndex((key) => lookup.value(shape, offset, key) !== undefined);
    const bytes = rank < 0 ? undefined : lookup.value(shape, offset, keys[rank]);
    if (typeof bytes !== 'number') continue;
    const hop = rename(attributes.strings.text(resources.service[resource]));
    const pod = POD_KEYS.map((key) => lookup.text(shape, offset, key) ?? '').join(' ');
    const known = found.get(hop);
    if (known === undefined || rank < known.rank) found.set(hop, { rank, bytes, pods: new Set([pod]) });
    else if (rank === known.rank) {
      known.bytes = Math.max(known.bytes, bytes);
      known.pods.add(pod);
    }
  }
  return new Map(
    [...found].map(([hop, { rank, bytes, pods }]) => [
      hop,
      { bytes, pods: pods.size, gauge: MEMORY_GAUGES[rank].name },
    ]),
  );
}
