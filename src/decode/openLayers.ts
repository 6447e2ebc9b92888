import { counted } from './bytes/counted.ts';
import type { QuickWay } from './bytes/quickDecompress.ts';
import { peek } from './bytes/peek.ts';
import { close, MESSAGE_END, type Bytes, type OnDamage } from './bytes/readBytes.ts';
import { CONTAINERS, type Container, type Opening } from './containers.ts';
import type { ReadOptions } from './decodeOptions.ts';
import { Head } from './head.ts';
import { unpackElsewhere } from './pool/unpackElsewhere.ts';
import type { Reading } from './reading.ts';
import type { Source, SourceFile } from './source.ts';

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
    const container = CONTAINERS.find((candidate) => candidate.matches(reading.head.bytes));
    if (container === undefined || layers.length === LAYERS) return bytes;
    layers.push(container.name);
    const content =
      (layers.length === 1 ? await openElsewhere(container, bytes, source, onDamage, options) : null) ??
      open(
        container,
        { bytes, limits, onDamage },
        layers.length === 1 ? quickWay(container, source, options) : undefined,
      );
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
  if (isUnpackedAside([container.name], source, options)) return null;
  const unpacking = pool.unpack({ container: name, place: file.place, size, limits });
  if (unpacking === null) return null;
  await close(bytes);
  const openHere = (onDamageHere: OnDamage): Bytes =>
    open(
      container,
      { bytes: readAgain(file, size, onBytes), limits, onDamage: onDamageHere },
      quickWay(container, source, options),
    );
  return unpackElsewhere(unpacking, { onDamage, onTaken: onBytes, openHere, signal });
}

/** The engine unpacks in a thread of its own, and on two cores a third one would be in the way of it and this one. */
export function isUnpackedAside(layers: readonly string[], source: Source, options: ReadOptions): boolean {
  const container = CONTAINERS.find(({ name }) => name === layers[0]);
  const quick = container && quickWay(container, source, options);
  return quick?.decompress.hasOwnThread === true && (options.pool?.size ?? 0) < 2;
}

/** Not where the bytes can be read but once. */
function quickWay({ name }: Container, { file, size }: Source, options: ReadOptions): QuickWay | undefined {
  const decompress = options.quick?.get(name);
  if (decompress === undefined || file === undefined || size === null) return undefined;
  return { decompress, again: () => readAgain(file, size, options.onBytes) };
}

function readAgain(file: SourceFile, size: number, onBytes: (bytes: number) => void): Bytes {
  return counted(copies(file.pieces(0, size)), onBytes);
}

/** In pieces that stay as they are. */
function open(container: Container, opening: Omit<Opening, 'quick'>, quick: QuickWay | undefined): Bytes {
  const bytes = container.open({ ...opening, quick });
  return quick === undefined ? bytes : copies(bytes);
}

async function* copies(pieces: AsyncIterable<Uint8Array>): Bytes {
  for await (const piece of pieces) yield piece === MESSAGE_END ? piece : piece.slice();
}
