import { analyse, type Analysis } from '../../src/analyse/analyse.ts';
import { NO_CONFIG } from '../../src/config/hoplineConfig.ts';
import { load } from '../../src/pipeline.ts';
import { toText, type Batch } from './splitDemo.ts';

/** Apart from the batches, which tests in the browser make as well: there nothing can be decoded. */
export async function analysisOf(batches: readonly Batch[]): Promise<Analysis> {
  const bytes = new TextEncoder().encode(toText(batches));
  const { table } = await load([{ name: 'demo', size: bytes.length, stream: () => new Blob([bytes]).stream() }]);
  return analyse(table, NO_CONFIG);
}
