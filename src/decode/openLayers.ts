import { counted } from './bytes/counted.ts';
import { peek } from './bytes/peek.ts';
import { close, type Bytes, type OnDamage } from './bytes/readBytes.ts';
import { CONTAINERS, type Container } from './containers.ts';
import type { ReadOptions } from './decodeOptions.ts';
import { Head } from './head.ts';
import { unpackElsewhere } from './pool/unpackElsewhere.ts';
import type { Reading } from './reading.ts';
import type { Source } from './source.ts';

/** Enough to name any format by. */
export const HEAD_BYTES = 1 << 16;
/** Compressions and framings around one another: a framing, in gzip, in gzip. */
const LAYERS = 3;

/** A record that was left out, and where: the bytes before it. */
export interface Damage {
  readonly message: string;
  readonly byte: number;
}

export function damageTo(damage: Damage[]): OnDamage {
  return ({ message }, byte) => void damage.push({ message, byte });
}

/** Takes off compression and framing, layer by layer, until the head is that of a format. */
export async function openLayers(
  raw: Bytes,
  reading: Reading,
  damage: Damage[],
  source: Source,
  options: ReadOptions,
): Promise<Bytes> {
  const { layers } = reading;
  const { limits } = options;
  const onDamage = damageTo(damage);
  let { head, bytes } = await peek(raw, HEAD_BYTES);
  for (;;) {
    reading.head = new Head(head);
    const container = CONTAINERS.find((candidate) => candidate.matches(reading.head));
    if (container === undefined || layers.length === LAYERS) return bytes;
    layers.push(container.name);
    const content =
      (layers.length === 1 ? await openElsewhere(container, bytes, source, onDamage, options) : null) ??
      container.open({ bytes, limits, onDamage });
    ({ head, bytes } = await peek(content, HEAD_BYTES));
  }
}

/** The content of a compressed file out of a worker; null where it is too small for that, or no file. */
async function openElsewhere(
  container: Container,
  bytes: Bytes,
  source: Source,
  onDamage: OnDamage,
  options: ReadOptions,
): Promise<Bytes | null> {
  const { name, isCompression } = container;
  const { file, size } = source;
  const { pool, limits, onBytes, signal } = options;
  if (isCompression !== true || file === undefined || size === null || pool === undefined || size < pool.packedBytes)
    return null;
  const unpacking = pool.unpack({ container: name, place: file.place, size, limits });
  if (unpacking === null) return null;
  await close(bytes);
  const openHere = (onDamageHere: OnDamage): Bytes => {
    const again = counted(copies(file.pieces(0, size)), onBytes);
    return container.open({ bytes: again, limits, onDamage: onDamageHere });
  };
  return unpackElsewhere(unpacking, { onDamage, onTaken: onBytes, openHere, signal });
}

async function* copies(pieces: AsyncIterable<Uint8Array>): Bytes {
  for await (const piece of pieces) yield piece.slice();
}
