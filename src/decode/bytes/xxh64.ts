import xxhash from 'xxhash-wasm';

/** The lower 32 bits of XXH64 with seed 0, as a zstd frame ends with them (RFC 8878, 3.1.1). */
export interface Xxh64 {
  add(bytes: Uint8Array): void;
  /** Of all that was added, 0 to 2³²−1. */
  readonly value: number;
}

/**
 * Begins checksums, each on its own; null where WebAssembly is missing: then nothing is compared, for numbers of 64 bits
 * take JavaScript many times as long as all that is left to do with the bytes.
 */
export type Checksums = (() => Xxh64) | null;

let checksums: Promise<Checksums> | null = null;

/** Never rejects. */
export function loadXxh64(): Promise<Checksums> {
  return (checksums ??= xxhash().then(
    (hashes) => () => {
      const hash = hashes.create64();
      return {
        add: (bytes) => void hash.update(bytes),
        get value() {
          return Number(hash.digest() & 0xffffffffn);
        },
      };
    },
    () => null,
  ));
}
