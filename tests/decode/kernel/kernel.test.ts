import { afterEach, describe, expect, test, vi } from 'vitest';
import { Kernel, loadKernel } from '../../../src/decode/kernel/kernel.ts';
import { StopReason, type KernelExports } from '../../../src/decode/kernel/kernelExports.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** Nothing that was compiled or given back before is known. */
async function loadAfresh(): Promise<Kernel | null> {
  vi.resetModules();
  const afresh = await import('../../../src/decode/kernel/kernel.ts');
  return afresh.loadKernel();
}

async function kernelHere(): Promise<Kernel> {
  const kernel = await loadKernel();
  if (kernel === null) throw new Error('no kernel');
  return kernel;
}

describe('loadKernel', () => {
  test('loadKernel gives a kernel where there is WebAssembly with SIMD, as here', async () => {
    expect(await loadAfresh()).not.toBeNull();
  });

  test('loadKernel gives null where there is no WebAssembly', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    expect(await loadAfresh()).toBeNull();
  });

  test('loadKernel gives null where a policy, or the engine, refuses the module', async () => {
    const compile = (): Promise<never> => Promise.reject(new WebAssembly.CompileError('blocked by CSP'));
    vi.stubGlobal('WebAssembly', { ...WebAssembly, compile });
    expect(await loadAfresh()).toBeNull();
  });

  test('loadKernel gives each source a kernel of its own, and one that was given back again', async () => {
    const first = await kernelHere();
    const second = await kernelHere();
    // Not `toBe`, which compares the memories for its message.
    expect(second === first || second.input.buffer === first.input.buffer).toBe(false);
    first.release();
    expect((await loadKernel()) === first).toBe(true);
  });
});

describe('Kernel', () => {
  test('Kernel begins with an empty batch: the empty string, shape, resource and scope', async () => {
    const { strings, attributes, spans, resources, scopes, events, links } = (await kernelHere()).batch();
    expect({ ...strings }).toMatchObject({ count: 1, isAscii: true, offsets: Uint32Array.of(0, 0) });
    expect(attributes).toMatchObject({ shapeCount: 1, valueCount: 0, numberCount: 0 });
    expect(spans).toMatchObject({ count: 0, traceCount: 0 });
    expect([resources.count, scopes.count, events.count, links.count]).toEqual([1, 1, 0, 0]);
  });

  test('Kernel says where it stopped, and takes back what it had of the unit', async () => {
    const kernel = await kernelHere();
    // A ScopeSpans: a span with its ids, and one without.
    const traceId = [0x0a, 16, ...Array.from({ length: 16 }, (_, i) => i + 1)];
    const span = [...traceId, 0x12, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0x2a, 1, 0x61];
    const bytes = [0x12, span.length, ...span, 0x12, 3, 0x2a, 1, 0x62];
    kernel.input.set(bytes);
    expect(kernel.run('protobufSpans', 0, bytes.length)).toBe(StopReason.odd);
    expect(kernel.taken).toBe(span.length + 2);
    const { spans, strings } = kernel.batch();
    expect(spans.count).toBe(1);
    expect(spans.spanId).toEqual(Uint32Array.of(0x01020304, 0x05060708));
    expect(strings.count).toBe(2);
    expect(String.fromCharCode(...strings.bytes)).toBe('a');
    kernel.release();
  });

  test('Kernel waits for a span that is cut off, wherever that is', async () => {
    const kernel = await kernelHere();
    const span = [0x0a, 16, ...Array<number>(16).fill(7), 0x12, 8, ...Array<number>(8).fill(9)];
    const bytes = [0x12, span.length, ...span];
    kernel.input.set(bytes);
    for (let cut = 1; cut < bytes.length; cut++) {
      expect(kernel.run('protobufSpans', 0, cut), `cut at ${cut}`).toBe(StopReason.ranOut);
      expect(kernel.taken).toBe(0);
    }
    expect(kernel.run('protobufSpans', 0, bytes.length)).toBe(StopReason.done);
    kernel.release();
  });

  test('Kernel throws what is a fault of its own', () => {
    const fault = new WebAssembly.RuntimeError('memory access out of bounds');
    const exports = {
      memory: new WebAssembly.Memory({ initial: 1 }),
      input: { value: 0 },
      inputBytes: { value: 16 },
      stop: { value: StopReason.done },
      reset: () => {},
      protobufSpans: () => {
        throw fault;
      },
    } as unknown as KernelExports;
    expect(() => new Kernel(exports).run('protobufSpans', 0, 1)).toThrow(fault);
  });
});
