/** Bytes that came one after another. */
export class Parts {
  length = 0;
  #parts: Uint8Array[] = [];

  get count(): number {
    return this.#parts.length;
  }

  add(part: Uint8Array): void {
    this.#parts.push(part);
    this.length += part.length;
  }

  /** All of them as one, which is then empty again. */
  take(): Uint8Array {
    const whole = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    this.clear();
    return whole;
  }

  clear(): void {
    this.#parts = [];
    this.length = 0;
  }
}
