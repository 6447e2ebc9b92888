/**
 * Instances of a module that a `?kernel` import gives as base64. Each has memory of its own, so they are given back: a
 * thousand small files share one.
 */
export class WasmPool<Exports, Instance> {
  readonly #base64: string;
  readonly #isExports: (exports: WebAssembly.Exports) => exports is WebAssembly.Exports & Exports;
  readonly #make: (exports: Exports) => Instance;
  readonly #idle: Instance[] = [];
  #module: Promise<WebAssembly.Module> | null = null;

  constructor(
    base64: string,
    isExports: (exports: WebAssembly.Exports) => exports is WebAssembly.Exports & Exports,
    make: (exports: Exports) => Instance,
  ) {
    this.#base64 = base64;
    this.#isExports = isExports;
    this.#make = make;
  }

  /** Null where there is none to be had: no WebAssembly, no SIMD, a policy that forbids it, no memory. Never rejects. */
  async take(): Promise<Instance | null> {
    const known = this.#idle.pop();
    if (known !== undefined) return known;
    try {
      this.#module ??= WebAssembly.compile(bytesOf(this.#base64));
      const { exports } = await WebAssembly.instantiate(await this.#module);
      return this.#isExports(exports) ? this.#make(exports) : null;
    } catch {
      return null;
    }
  }

  giveBack(instance: Instance): void {
    this.#idle.push(instance);
  }
}

/** Of base64. A plain loop is ten times as fast as an iterator, and every start pays for it. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
