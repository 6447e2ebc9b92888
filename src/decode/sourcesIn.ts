import { errorText } from '../base/errorText.ts';
import { formatInteger } from '../base/format.ts';
import type { IssueLog } from '../base/issues.ts';
import type { Limits } from '../config/limits.ts';
import { ARCHIVES, isPassedOver, type Archive } from './archives.ts';
import { NoEndError, type ArchiveEntry } from './bytes/archiveEntry.ts';
import { peek } from './bytes/peek.ts';
import { close, DamagedError, readBytes, type Bytes } from './bytes/readBytes.ts';
import { toStream } from './bytes/toStream.ts';
import { COMPRESSIONS, type Container } from './containers.ts';
import { endIssue } from './endIssue.ts';
import { Head } from './head.ts';
import type { Source, SourceFile } from './source.ts';

export interface SourcesOptions {
  readonly limits: Limits;
  readonly issues: IssueLog;
  /** Called for what cannot be read as a source, with one sentence without its full stop: "it is encrypted". */
  readonly onUnread: (name: string, why: string) => void;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called as bytes are taken in, with their number so far (as they lie on disk). */
  readonly onBytes?: (bytes: number) => void;
}

/** A source, or a file in an archive, which is one as well. */
export interface FoundSource extends Source {
  /** The archive and what is around it, the outermost first: "gzip", "tar". */
  readonly within: readonly string[];
}

/** A block of zstd holds at most 128 KiB; as much has to be there to see what is inside. */
const HEAD_BYTES = 1 << 18;
/** What tells an archive. */
const ARCHIVE_HEAD_BYTES = 512;
/** As many bytes of a compressed file are inflated first to look for one; most hold none. */
const FIRST_LOOK_BYTES = 1 << 10;
/** Compressions around one archive, and archives around one another. */
const LAYERS = 3;
const ARCHIVES_DEEP = 2;
const LONGEST_NAME = 1000;

/**
 * What there is to be decoded in a source: itself, or where it is an archive each file in it, so that a bad one loses
 * nothing of the others.
 *
 *     traces.tar.gz   →   traces.tar.gz/a.json · traces.tar.gz/b/c.jsonl.gz
 *
 * A file's bytes are to be taken before the next file is asked for: most archives are read once, from front to back.
 */
export async function* sourcesIn(source: Source, options: SourcesOptions): AsyncGenerator<FoundSource> {
  const { onBytes = () => {}, signal, limits } = options;
  if (source.problem !== undefined) return options.onUnread(source.name, source.problem);
  const bytes = counted(readBytes(source.stream(), signal), onBytes);
  const { name, size, file } = source;
  const whole = { name, size, bytes, within: [], ...(file && { file }) };
  yield* filesIn(whole, options, { files: limits.archiveFiles, bytes: limits.archiveBytes }, 0);
}

interface File {
  readonly name: string;
  readonly size: number | null;
  readonly bytes: Bytes;
  readonly within: readonly string[];
  readonly file?: SourceFile;
}

/** What may still come out of the archives of one source. */
interface Allowance {
  files: number;
  bytes: number;
}

async function* filesIn(
  file: File,
  options: SourcesOptions,
  left: Allowance,
  depth: number,
): AsyncGenerator<FoundSource> {
  const { head, bytes } = await peek(file.bytes, HEAD_BYTES);
  const found = depth < ARCHIVES_DEEP ? await archiveIn(head, options.limits) : null;
  if (found === null) {
    const { bytes: _, ...rest } = file;
    yield { ...rest, stream: () => toStream(bytes) };
    return;
  }
  const { archive, layers } = found;
  const { issues, limits, signal, onUnread } = options;
  let files = 0;
  const within = [...file.within, ...layers.map(({ name }) => name), archive.name];
  const content = layers.reduce((inner, layer) => open(layer, inner, limits), bytes);
  try {
    const listed = layers.length === 0 ? await listedIn(archive, file, options) : null;
    if (listed !== null) await close(bytes);
    for await (const entry of listed ?? archive.entries(bounded(content, left, limits))) {
      if (isPassedOver(entry.name)) continue;
      const name = `${file.name}/${entry.name.slice(0, LONGEST_NAME)}`;
      files++;
      if (left.files-- <= 0) {
        const message = `An archive holds more than ${formatInteger(limits.archiveFiles)} files; the others were left out.`;
        issues.add('archive-limit', 'error', message, { source: name });
        return;
      }
      if ('problem' in entry) onUnread(name, `it is ${entry.problem}`);
      else {
        const inside = { name, size: null, bytes: bounded(entry.bytes, left, limits), within };
        yield* filesIn(inside, options, left, depth + 1);
      }
    }
    if (files === 0) onUnread(file.name, `this ${archive.name} archive has no file in it`);
  } catch (error) {
    signal?.throwIfAborted();
    const reason = errorText(error);
    if (files === 0) return onUnread(file.name, reason);
    const at = { source: file.name };
    if (error instanceof NoEndError) {
      const message = 'All files of an archive were read, but its end is missing: there may have been more of them.';
      issues.add('no-archive-end', 'warning', message, at);
      return;
    }
    const { code, severity, message } = endIssue(error, 'Reading an archive');
    issues.add(code, severity, message, at);
  }
}

/** The files of an archive that lies where any part of it can be read. */
async function listedIn(
  archive: Archive,
  { file, size }: File,
  { signal, onBytes = () => {} }: SourcesOptions,
): Promise<AsyncIterable<ArchiveEntry> | null> {
  if (file === undefined || size === null || archive.listed === undefined) return null;
  let taken = 0;
  const read = async (start: number, end: number): Promise<Uint8Array> => {
    const part = await file.read(start, end);
    signal?.throwIfAborted();
    taken = Math.min(size, taken + part.length);
    onBytes(taken);
    return part;
  };
  return archive.listed(read, size);
}

interface Found {
  readonly archive: Archive;
  /** The outermost first. */
  readonly layers: readonly Container[];
}

/** Whether bytes that begin so are an archive, bare or compressed. */
async function archiveIn(head: Uint8Array, limits: Limits): Promise<Found | null> {
  const layers: Container[] = [];
  let inner = head;
  for (;;) {
    const archive = ARCHIVES.find((candidate) => candidate.matches(inner));
    if (archive !== undefined) return { archive, layers };
    const layer = COMPRESSIONS.find((candidate) => candidate.matches(new Head(inner)));
    if (layer === undefined || layers.length === LAYERS) return null;
    layers.push(layer);
    const { head: innerHead, bytes } = await peek(open(layer, inSteps(inner), limits), ARCHIVE_HEAD_BYTES);
    inner = innerHead;
    // So that its decoder is free for the next; what is wrong with it is told where it is read.
    await close(bytes).catch(() => {});
  }
}

function open(layer: Container, bytes: Bytes, limits: Limits): Bytes {
  return layer.open({ bytes, limits, onDamage: () => {} });
}

/** Each twice as long as the one before, so that no more is inflated than it takes to see what is inside. */
async function* inSteps(bytes: Uint8Array): Bytes {
  for (let start = 0, length = FIRST_LOOK_BYTES; start < bytes.length; start += length, length *= 2) {
    yield bytes.subarray(start, start + length);
  }
}

async function* counted(bytes: Bytes, onBytes: (bytes: number) => void): Bytes {
  let count = 0;
  for await (const chunk of bytes) {
    count += chunk.length;
    onBytes(count);
    yield chunk;
  }
}

/** A few kilobytes may hold what no disk does. */
async function* bounded(bytes: Bytes, left: Allowance, { archiveBytes }: Limits): Bytes {
  for await (const chunk of bytes) {
    left.bytes -= chunk.length;
    if (left.bytes < 0) throw new DamagedError(`more than ${formatInteger(archiveBytes)} bytes came out of it`);
    yield chunk;
  }
}
