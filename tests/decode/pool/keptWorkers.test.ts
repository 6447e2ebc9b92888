import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../src/config/limits.ts';
import { KeptWorkers } from '../../../src/decode/pool/keptWorkers.ts';
import type { Workers } from '../../../src/decode/pool/workers.ts';
import { fakeWorkers, smallPool, type FakeWorkers } from '../../helpers/fakeWorkers.ts';
import { decode } from '../../helpers/otlpDecode.ts';
import { tableContent } from '../../helpers/otlpTable.ts';

const CHUNK_BYTES = 600;

const linesOf = (service: string): string =>
  Array.from({ length: 80 }, (_, i) => {
    const id = (i + 1).toString(16).padStart(16, '0');
    const attributes = [{ key: 'service.name', value: { stringValue: service } }];
    const spans = [{ traceId: `${id}${id}`, spanId: id, name: `GET /${service}/${i % 9}` }];
    return JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] });
  }).join('\n');

async function outcome(content: Uint8Array | string, workers?: Workers) {
  const pool = workers && smallPool(workers, CHUNK_BYTES);
  const { table, ...result } = await decode(content, { isFile: true, ...(pool && { pool }) });
  pool?.end();
  return { content: tableContent(table), result };
}

function keptOf(fake: FakeWorkers) {
  const { workers, log } = fakeWorkers(fake);
  return { kept: new KeptWorkers(workers), log };
}

describe('KeptWorkers', () => {
  test('serve one load after another, each as workers of its own would', async () => {
    const { kept, log } = keptOf({ count: 2 });
    for (const service of ['cart', 'checkout', 'stock']) {
      const orders = log.orders;
      expect(await outcome(linesOf(service), kept)).toEqual(await outcome(linesOf(service)));
      expect(log.orders).toBeGreaterThan(orders);
    }
    expect(log).toMatchObject({ started: 2, ended: 0 });
  });

  test('end with the last load, so that their memory is free for its table', async () => {
    const { kept, log } = keptOf({ count: 2 });
    await outcome(linesOf('cart'), kept);
    kept.isLast = true;
    expect(await outcome(linesOf('stock'), kept)).toEqual(await outcome(linesOf('stock')));
    expect(log).toMatchObject({ started: 2, ended: 2 });
  });

  test('end when they are released without another load', async () => {
    const { kept, log } = keptOf({ count: 2 });
    await outcome(linesOf('cart'), kept);
    kept.release();
    expect(log).toMatchObject({ started: 2, ended: 2 });
  });

  test('that ended by themselves are not used again, and nothing is lost', async () => {
    const { kept, log } = keptOf({ count: 1, endsAt: (order) => order === 3 });
    for (const service of ['cart', 'stock'])
      expect(await outcome(linesOf(service), kept)).toEqual(await outcome(linesOf(service)));
    expect(log.started).toBe(2);
  });

  test('that have not answered yet are ended with their load, and so are those that unpacked a file', async () => {
    const { kept, log } = keptOf({ count: 1 });
    const pool = smallPool(kept, CHUNK_BYTES);
    const chunk = { format: 0, bytes: new Uint8Array(10), ends: [], limits: LIMITS };
    const answer = pool.decode(chunk);
    pool.end();
    await expect(answer).rejects.toThrow('the worker ended');
    expect(log).toMatchObject({ started: 1, ended: 1 });
    const zipped = gzipSync(linesOf('cart'));
    expect(await outcome(zipped, kept)).toEqual(await outcome(zipped));
    expect(log.parts).toBeGreaterThan(0);
    expect(log.started - log.ended).toBe(1);
  });
});
