const KINDS = ['Uint8Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float64Array'] as const;

/** Runs where no typed array of more than `bytes` can be made: a RangeError, as in a tab or a machine that has no more. */
export function withScarceMemory<T>(bytes: number, run: () => T): T {
  const undo: (() => void)[] = [];
  for (const kind of KINDS) {
    const real = globalThis[kind];
    const scarce = new Proxy(real, {
      construct(target, args: unknown[], newTarget) {
        const [length] = args;
        if (typeof length === 'number' && length * real.BYTES_PER_ELEMENT > bytes)
          throw new RangeError('Array buffer allocation failed');
        return Reflect.construct(target, args, newTarget);
      },
    });
    Object.defineProperty(globalThis, kind, { value: scarce, configurable: true, writable: true });
    Object.defineProperty(real.prototype, 'constructor', { value: scarce, configurable: true, writable: true });
    undo.push(() => {
      Object.defineProperty(globalThis, kind, { value: real, configurable: true, writable: true });
      Object.defineProperty(real.prototype, 'constructor', { value: real, configurable: true, writable: true });
    });
  }
  try {
    return run();
  } finally {
    for (const step of undo) step();
  }
}
