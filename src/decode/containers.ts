import type { Limits } from '../config/limits.ts';
import { fromCriLog, fromDockerLog, isCriLog, isDockerLog } from './bytes/containerLog.ts';
import { gunzip } from './bytes/gunzip.ts';
import { decompressQuickly, type QuickWay } from './bytes/quickDecompress.ts';
import type { Bytes, OnDamage } from './bytes/readBytes.ts';
import { isRecords, isZstdRecords, records, varint, zstdRecords, zstdRecordsBy } from './bytes/records.ts';
import { fromTextSequence, isTextSequence } from './bytes/textSequence.ts';
import { fromUtf16, isUtf16 } from './bytes/utf16.ts';
import { isZstd, unzstd } from './bytes/zstd.ts';
import { looksDelimited } from './protobuf/sniff.ts';

/** How to take the bytes out of a container. */
export interface Opening {
  readonly bytes: Bytes;
  readonly limits: Limits;
  readonly onDamage: OnDamage;
  /** Where there is one, and the bytes can be read again. */
  readonly quick?: QuickWay | undefined;
}

/** A compression, a framing or another way to write text: bytes around bytes. */
export interface Container {
  readonly name: string;
  /** What it gives are parts of what it is given, and it keeps nothing. */
  readonly isFraming?: true;
  /** Taking it off takes longer than decoding what is inside. */
  readonly isCompression?: true;
  matches(head: Uint8Array): boolean;
  open(opening: Opening): Bytes;
}

/** What an archive may be in as well. */
export const COMPRESSIONS: readonly Container[] = [
  {
    name: 'gzip',
    isCompression: true,
    matches: (head) => head[0] === 0x1f && head[1] === 0x8b,
    open: (opening) => openQuickly(opening, gunzip),
  },
  {
    name: 'zstd',
    isCompression: true,
    matches: isZstd,
    open: (opening) => openQuickly(opening, (bytes) => unzstd(bytes, opening.limits.zstdWindowBytes)),
  },
];

function openQuickly({ bytes, limits, quick }: Opening, ours: (bytes: Bytes) => Bytes): Bytes {
  return quick === undefined ? ours(bytes) : decompressQuickly(quick.decompress(bytes, limits), quick.again, ours);
}

/**
 * In detection order (Collector, exporter/fileexporter: file_writer.go, compression_writer.go; messages delimited by
 * varints are what disk-buffering of opentelemetry-java-contrib keeps).
 */
export const CONTAINERS: readonly Container[] = [
  ...COMPRESSIONS,
  {
    name: 'zstd blocks',
    isCompression: true,
    matches: isZstdRecords,
    open: ({ bytes, limits, onDamage, quick }) => {
      const ours = (all: Bytes): Bytes => zstdRecords(all, limits.zstdWindowBytes, onDamage);
      if (quick === undefined) return ours(bytes);
      const unpack = (blocks: Bytes): Bytes => quick.decompress(blocks, limits);
      return decompressQuickly(zstdRecordsBy(bytes, unpack), quick.again, ours);
    },
  },
  {
    name: 'varint-delimited messages',
    isFraming: true,
    matches: looksDelimited,
    open: ({ bytes, onDamage }) => records(bytes, onDamage, varint),
  },
  {
    name: 'UTF-16',
    matches: isUtf16,
    open: ({ bytes }) => fromUtf16(bytes),
  },
  {
    name: 'JSON text sequence',
    matches: isTextSequence,
    open: ({ bytes }) => fromTextSequence(bytes),
  },
  {
    name: 'Docker log',
    matches: isDockerLog,
    open: ({ bytes, limits }) => fromDockerLog(bytes, limits.unitBytes),
  },
  {
    name: 'CRI log',
    matches: isCriLog,
    open: ({ bytes, limits }) => fromCriLog(bytes, limits.unitBytes),
  },
  {
    name: 'length-prefixed records',
    isFraming: true,
    matches: isRecords,
    open: ({ bytes, onDamage }) => records(bytes, onDamage),
  },
];
