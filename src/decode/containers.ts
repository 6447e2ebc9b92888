import type { Limits } from '../config/limits.ts';
import { fromCriLog, fromDockerLog, isCriLog, isDockerLog } from './bytes/containerLog.ts';
import { MESSAGE_END, type Bytes, type OnDamage } from './bytes/readBytes.ts';
import { isRecords, isZstdRecords, records, varint, zstdRecords } from './bytes/records.ts';
import { fromTextSequence, isTextSequence } from './bytes/textSequence.ts';
import { fromUtf16, isUtf16 } from './bytes/utf16.ts';
import { BY_KEYS, IN_LOGS, LINES_OF_OTLP } from './formats.ts';
import { Head } from './head.ts';
import { gunzip } from './inflate/gunzip.ts';
import { fromJsonLog, textsOfJsonLog } from './json/jsonLog.ts';
import { looksDelimited } from './protobuf/sniff.ts';
import { isZstd, unzstd } from './unzstd/unzstd.ts';

/** How to take the bytes out of a container. */
export interface Opening {
  readonly bytes: Bytes;
  readonly limits: Limits;
  readonly onDamage: OnDamage;
  /** Whoever takes the content copies it at once: pieces need not be good for longer than until the next is asked for. */
  readonly isCopied?: true;
}

/** A compression, a framing or another way to write text: bytes around bytes. */
export interface Container {
  readonly name: string;
  /** What it gives are parts of what it is given, and it keeps nothing. */
  readonly isFraming?: true;
  /** It can be taken off from the first byte on alone, and of a few bytes comes much: a worker's work. */
  readonly isCompression?: true;
  matches(head: Head): boolean;
  open(opening: Opening): Bytes;
}

/** What an archive may be in as well. */
export const COMPRESSIONS: readonly Container[] = [
  {
    name: 'gzip',
    isCompression: true,
    matches: ({ bytes }) => bytes[0] === 0x1f && bytes[1] === 0x8b,
    open: (opening) => lasting(opening, gunzip(opening.bytes)),
  },
  {
    name: 'zstd',
    isCompression: true,
    matches: ({ bytes }) => isZstd(bytes),
    open: (opening) => lasting(opening, unzstd(opening.bytes, opening.limits.zstdWindowBytes)),
  },
];

async function* lasting({ isCopied }: Opening, pieces: Bytes): Bytes {
  if (isCopied === true) return yield* pieces;
  for await (const piece of pieces) yield piece === MESSAGE_END ? piece : piece.slice();
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
    matches: ({ bytes }) => isZstdRecords(bytes),
    open: (opening) => lasting(opening, zstdRecords(opening.bytes, opening.limits.zstdWindowBytes, opening.onDamage)),
  },
  {
    name: 'varint-delimited messages',
    isFraming: true,
    matches: ({ bytes }) => looksDelimited(bytes),
    open: ({ bytes, onDamage }) => records(bytes, onDamage, varint),
  },
  {
    name: 'UTF-16',
    matches: ({ bytes }) => isUtf16(bytes),
    open: ({ bytes }) => fromUtf16(bytes),
  },
  {
    name: 'JSON text sequence',
    matches: ({ bytes }) => isTextSequence(bytes),
    open: ({ bytes }) => fromTextSequence(bytes),
  },
  {
    name: 'Docker log',
    matches: ({ bytes }) => isDockerLog(bytes),
    open: ({ bytes, limits }) => fromDockerLog(bytes, limits.unitBytes),
  },
  {
    name: 'JSON log',
    matches: isJsonLogOfSpans,
    open: ({ bytes, limits }) => fromJsonLog(bytes, limits.unitBytes),
  },
  {
    name: 'CRI log',
    matches: ({ bytes }) => isCriLog(bytes),
    open: ({ bytes, limits }) => fromCriLog(bytes, limits.unitBytes),
  },
  {
    name: 'length-prefixed records',
    isFraming: true,
    matches: ({ bytes }) => isRecords(bytes),
    open: ({ bytes, onDamage }) => records(bytes, onDamage),
  },
];

/** What has spans in itself is read as that, whatever texts there are in it. */
function isJsonLogOfSpans(head: Head): boolean {
  if (!head.isJson || [...BY_KEYS, LINES_OF_OTLP].some((format) => format.matches(head))) return false;
  const texts = new Head(textsOfJsonLog(head.bytes));
  return [...BY_KEYS, ...IN_LOGS].some((format) => format.matches(texts));
}
