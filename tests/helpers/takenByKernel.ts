import { loadKernel } from '../../src/decode/kernel/kernel.ts';
import { decode } from './otlpDecode.ts';

/** How many spans came by the batch; the others are the TypeScript decoder's. */
export async function takenByKernel(content: Uint8Array | string, chunks: readonly number[] = []): Promise<number> {
  const kernel = await loadKernel();
  if (kernel === null) throw new Error('no kernel');
  let taken = 0;
  const batch = kernel.batch.bind(kernel);
  kernel.batch = () => {
    const made = batch();
    taken += made.spans.count;
    return made;
  };
  await decode(content, { kernel, chunks });
  return taken;
}
