import { existsSync, readFileSync } from 'node:fs';
import { crc32, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IssueLog, type Issue } from '../../src/base/issues.ts';
import { LIMITS, type Limits } from '../../src/config/limits.ts';
import { sourcesIn } from '../../src/decode/sourcesIn.ts';
import { load } from '../../src/pipeline.ts';
import {
  paxRecord,
  toGnuTar,
  toPaxTar,
  toStreamedZip,
  toTar,
  toZip,
  type ArchivedFile,
} from '../helpers/archiveFiles.ts';
import { memorySource } from '../helpers/otlpDecode.ts';
import { joined, text, toZstd } from '../helpers/otlpEncodings.ts';

const HOTEL = '../shared/data/traceweaver_hotel_load100.tar.gz';

interface Found {
  readonly files: readonly { readonly name: string; readonly text: string; readonly within: readonly string[] }[];
  readonly unread: readonly string[];
  readonly issues: readonly Issue[];
}

async function found(
  bytes: Uint8Array,
  chunks: readonly number[] = [],
  limits: Partial<Limits> = {},
  most = Number.POSITIVE_INFINITY,
  isFile = false,
): Promise<Found> {
  const issues = new IssueLog();
  const unread: string[] = [];
  const files: { name: string; text: string; within: readonly string[] }[] = [];
  const options = {
    limits: { ...LIMITS, ...limits },
    issues,
    onUnread: (name: string, why: string) => unread.push(`${name}: ${why}`),
  };
  for await (const source of sourcesIn(memorySource(bytes, { name: 'a', chunks, isFile }), options)) {
    files.push({ name: source.name, text: await beginning(source.stream(), most), within: source.within });
  }
  return { files, unread, issues: issues.list() };
}

/** Reads no further than it must, and stops there as a decoder may; with the reason where it ends early. */
async function beginning(stream: ReadableStream<Uint8Array>, most: number): Promise<string> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let end = '';
  try {
    for (let step = await reader.read(); !step.done && length < most; step = await reader.read()) {
      chunks.push(step.value);
      length += step.value.length;
    }
    await reader.cancel();
  } catch (error) {
    end = ` … ${error instanceof Error ? error.message : ''}`;
  }
  return new TextDecoder().decode(joined(chunks)) + end;
}

function file(name: string, content: string): ArchivedFile {
  return { name, bytes: text(content) };
}

/** Where the checksum of a file stands first. */
function checksumIn(archive: Uint8Array, { bytes }: ArchivedFile): number {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(bytes));
  return Buffer.from(archive).indexOf(checksum);
}

function trace(service: string, id: number): string {
  const attributes = [{ key: 'service.name', value: { stringValue: service } }];
  const span = { traceId: String(id).padStart(32, '0'), spanId: String(id).padStart(16, '0'), name: 'op', kind: 2 };
  return JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [span] }] }] });
}

const NO_END: Issue = {
  code: 'no-archive-end',
  severity: 'warning',
  message: 'All files of an archive were read, but its end is missing: there may have been more of them.',
  count: 1,
  firstAt: { source: 'a' },
};

const WRITERS: readonly (readonly [name: string, write: (files: readonly ArchivedFile[]) => Uint8Array])[] = [
  ['zip', toZip],
  ['zip, stored', (files) => toZip(files, 0)],
  ['zip with its sizes behind', toStreamedZip],
  ['zip with its sizes behind, stored', (files) => toStreamedZip(files, 0)],
  ['tar', toTar],
  ['tar with pax headers', toPaxTar],
  ['tar with GNU names', toGnuTar],
];

describe('sourcesIn', () => {
  test('gives a source that is no archive as it is', async () => {
    expect(await found(text('{"resourceSpans":[]}'), [3])).toEqual({
      files: [{ name: 'a', text: '{"resourceSpans":[]}', within: [] }],
      unread: [],
      issues: [],
    });
  });

  test('gives bytes of any kind as they are, whatever stands where an archive has a number', async () => {
    for (let byte = 0; byte < 256; byte++) {
      const { files, unread } = await found(new Uint8Array(1024).fill(byte).fill(1, 0, 2));
      expect([files.length, unread], `all bytes ${byte}`).toEqual([1, []]);
    }
  });

  test.each(WRITERS)('gives every file of a %s, in chunks of any size', async (_, write) => {
    const name = fc.stringMatching(/^[a-zé/]{0,20}[a-z]$/);
    // What ends a file of a zip may stand in it, too.
    const content = fc.oneof(
      fc.string({ maxLength: 2000 }),
      fc
        .array(fc.constantFrom('PK\u0003\u0004', 'PK\u0007\u0008', 'PK\u0001\u0002', 'x', '\0'.repeat(30)), {
          maxLength: 40,
        })
        .map((parts) => `> ${parts.join('')}`),
    );
    const files = fc.uniqueArray(fc.tuple(name, content), { minLength: 1, maxLength: 6, selector: ([key]) => key });
    await fc.assert(
      fc.asyncProperty(files, fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 4 }), async (given, chunks) => {
        const archive = write(given.map(([key, value]) => file(key, value)));
        const result = await found(archive, chunks);
        expect(result.files.map((each) => [each.name, each.text])).toEqual(
          given.map(([key, value]) => [`a/${key}`, new TextDecoder().decode(text(value))]),
        );
        expect([result.unread, result.issues]).toEqual([[], []]);
        // As it lies on disk, where a zip is read by its directory.
        expect(await found(archive, chunks, {}, Number.POSITIVE_INFINITY, true)).toEqual(result);
      }),
      { numRuns: 60, seed: 20260512 },
    );
  });

  test.each(WRITERS)('goes on behind a file of a %s of which the beginning was enough', async (_, write) => {
    const long = Array.from({ length: 30_000 }, (__, i) => String(i * 7919)).join();
    const { files, issues } = await found(write([file('long', long), file('b', 'short')]), [1000], {}, 100);
    expect(files.map(({ name }) => name)).toEqual(['a/long', 'a/b']);
    expect(files.map((each) => each.text.startsWith(each.name === 'a/b' ? 'short' : '0,7919,'))).toEqual([true, true]);
    expect(issues).toEqual([]);
  });

  test('opens gzip and zstd around an archive, and archives in archives', async () => {
    const inner = gzipSync(toTar([file('x/trace.json', 'one')]));
    const outer = toZstd(toZip([{ name: 'in.tgz', bytes: inner }, file('b', 'two')]));
    expect((await found(outer, [999])).files).toEqual([
      { name: 'a/in.tgz/x/trace.json', text: 'one', within: ['zstd', 'zip', 'gzip', 'tar'] },
      { name: 'a/b', text: 'two', within: ['zstd', 'zip'] },
    ]);
  });

  test('opens two archives around one another and no more', async () => {
    const nested = [1, 2, 3].reduce((bytes) => toTar([{ name: 'in', bytes }]), text('x'));
    const { files } = await found(nested);
    expect(files.map(({ name }) => name)).toEqual(['a/in/in']);
    expect(files[0].text).toMatch(/^in\0/);
  });

  test('passes over folders, hidden files and what macOS adds; a way upwards is a name and no more', async () => {
    const names = ['d/', '.DS_Store', 'd/._a.json', '__MACOSX/d/._a', '.git/config', 'd/a.json', '../../etc/passwd'];
    const { files } = await found(toTar(names.map((name) => file(name, name.endsWith('/') ? '' : 'x'))));
    expect(files.map(({ name }) => name)).toEqual(['a/d/a.json', 'a/../../etc/passwd']);
  });

  test('passes over links, devices and folders of a tar', async () => {
    const links = ['1', '2', '3', '5', '6'].map((type) => ({ ...file(`of type ${type}`, ''), type }));
    expect((await found(toTar([...links, file('a.json', 'x')]))).files.map(({ name }) => name)).toEqual(['a/a.json']);
  });

  test('names the sparse files of a tar, GNU tar’s in pax headers too', async () => {
    const holes = paxRecord('path', 'GNUSparseFile.1/b') + paxRecord('GNU.sparse.major', '1');
    const entries = [
      { ...file('a.json', 'map'), type: 'S' },
      { ...file('PaxHeader', holes + paxRecord('GNU.sparse.name', 'b.json')), type: 'x' },
      file('GNUSparseFile.1/b', '1\n0\n'),
      file('c.json', 'x'),
    ];
    const { files, unread } = await found(toTar(entries));
    expect(files.map(({ name }) => name)).toEqual(['a/c.json']);
    expect(unread).toEqual(['a/a.json: it is a sparse file', 'a/b.json: it is a sparse file']);
  });

  test('names the files that it cannot read, and reads the others', async () => {
    const zip = toZip([file('secret.json', 'one'), file('packed.json', 'two'), file('c.json', 'three')]);
    zip[6] |= 1;
    zip[zip.indexOf(0x50, 40) + 8] = 12;
    const { files, unread } = await found(zip);
    expect(files.map((each) => each.text)).toEqual(['three']);
    expect(unread).toEqual([
      'a/secret.json: it is encrypted',
      'a/packed.json: it is compressed by a method that is not read (12)',
    ]);
  });

  test('says where an archive is cut off or damaged, behind what came before', async () => {
    const content = Array.from({ length: 500 }, (_, i) => String(i * 7919)).join();
    const files = [file('a.json', content), file('b.json', content), file('c.json', content)];
    for (const [name, write] of WRITERS) {
      const bytes = write(files);
      const cut = await found(bytes.subarray(0, Math.floor(bytes.length * 0.5)), [100]);
      expect(cut.files[0], name).toMatchObject({ name: 'a/a.json', text: content });
      expect(cut.files[1].text, name).toMatch(/^0,7919,.* … the archive is cut off$/);
      expect(cut.files, name).toHaveLength(2);
      expect(cut.issues, name).toMatchObject([{ code: 'damaged', firstAt: { source: 'a' } }]);
    }
    const tar = toTar(files);
    tar[512 + Math.ceil(content.length / 512) * 512] ^= 1;
    const { issues, files: before } = await found(tar);
    expect(before.map(({ name }) => name)).toEqual(['a/a.json']);
    expect(issues[0].message).toContain('a header of the tar archive is damaged');
    expect((await found(tar.subarray(0, 400))).files).toMatchObject([{ name: 'a' }]);
  });

  test('says that a tar has no end, where more files may have been, and reads those that are there', async () => {
    const [one, two] = [file('a.json', 'one'), file('b.json', 'two')];
    // A header and a block each, and two blocks of zeros, of which one is enough.
    for (const [blocks, isTold] of [
      [4, true],
      [5, false],
      [6, false],
    ] as const) {
      for (const pack of [(bytes: Uint8Array) => bytes, gzipSync]) {
        const { files, unread, issues } = await found(pack(toTar([one, two]).subarray(0, blocks * 512)), [100]);
        expect([files.map((each) => each.text), unread]).toEqual([['one', 'two'], []]);
        expect(issues).toEqual(isTold ? [NO_END] : []);
      }
    }
  });

  test('says of an archive without a file that there is none', async () => {
    const folder = [file('d/', '')];
    expect((await found(toTar(folder))).unread).toEqual(['a: this tar archive has no file in it']);
    expect((await found(toTar(folder).subarray(0, 512))).unread).toEqual(['a: the end of the archive is missing']);
    for (const chunks of [[], [5]]) {
      expect((await found(toZip([]), chunks)).unread).toEqual(['a: this zip archive has no file in it']);
    }
  });

  test('stops at the limits of files and of bytes, and says so', async () => {
    const files = Array.from({ length: 5 }, (_, i) => file(`${i}.json`, 'x'.repeat(10_000)));
    const few = await found(toZip(files), [], { archiveFiles: 3 });
    expect(few.files).toHaveLength(3);
    expect(few.issues).toMatchObject([{ code: 'archive-limit', firstAt: { source: 'a/3.json' } }]);
    const bomb = await found(gzipSync(toTar(files)), [], { archiveBytes: 30_000 });
    expect(bomb).toMatchObject({ files: [], unread: ['a: more than 30,000 bytes came out of it'] });
    const slow = await found(toTar(files), [1000], { archiveBytes: 60_000 });
    expect(slow.files.map((each) => each.text.slice(-40))).toEqual(
      expect.arrayContaining([expect.stringContaining('more than 60,000 bytes came out of it')]),
    );
    expect(slow.issues[0].message).toContain('more than 60,000 bytes came out of it');
  });
});

describe('load', () => {
  test('reads each file of an archive as a source of its own, and loses nothing for a bad one', async () => {
    const archive = toZip([
      file('shop/a.json', trace('cart', 1)),
      file('README.md', '# Traces\n'),
      { name: 'shop/b.jsonl.gz', bytes: gzipSync(trace('search', 2)) },
      file('shop/cut.json', trace('gone', 3).slice(0, 60)),
      file('shop/c.json', trace('pay', 4)),
    ]);
    const { table, sources, issues } = await load([memorySource(archive, { name: 'all.zip' })]);
    expect(table.spanCount).toBe(3);
    expect(sources.map(({ name, format, spans }) => [name, format, spans])).toEqual([
      ['all.zip/shop/a.json', 'OTLP JSON, in zip', 1],
      ['all.zip/README.md', 'text, in zip', 0],
      ['all.zip/shop/b.jsonl.gz', 'OTLP JSON, gzip, in zip', 1],
      ['all.zip/shop/cut.json', 'OTLP JSON, in zip', 0],
      ['all.zip/shop/c.json', 'OTLP JSON, in zip', 1],
    ]);
    expect(issues).toMatchObject([
      { code: 'truncated', firstAt: { source: 'all.zip/shop/cut.json' } },
      {
        code: 'unreadable-source',
        message: expect.stringContaining('2 of 5 sources: all.zip/README.md: this is plain text'),
      },
      { code: 'no-time', count: 3, firstAt: { source: 'all.zip/shop/a.json' } },
    ]);
  });

  test.each(WRITERS.filter(([name]) => name.startsWith('zip')))(
    'says which file of a %s is not what its checksum says, and keeps all that was read',
    async (_, write) => {
      const damaged = file('b.json', trace('cart', 2));
      const archive = write([file('a.json', trace('cart', 1)), damaged, file('c.json', trace('cart', 3))]);
      archive[checksumIn(archive, damaged)] ^= 1;
      for (const chunks of [[], [7]]) {
        const { table, sources, issues } = await load([memorySource(archive, { name: 'all.zip', chunks })]);
        expect(sources.map(({ spans }) => spans)).toEqual([1, 1, 1]);
        expect(table.spanCount).toBe(3);
        expect(issues.filter(({ code }) => code !== 'no-time')).toEqual([
          {
            code: 'wrong-checksum',
            severity: 'error',
            message: 'All of it was read, but the checksum (CRC-32) is not that of the content, which is damaged.',
            count: 1,
            firstAt: { source: 'all.zip/b.json', byte: damaged.bytes.length },
          },
        ]);
      }
    },
  );

  test('says of a compressed archive that it is not what its checksum says, and keeps all that was read', async () => {
    const archive = gzipSync(toTar([file('a.json', trace('cart', 1)), file('b.json', trace('cart', 2))]));
    archive[archive.length - 8] ^= 1;
    const { table, issues } = await load([memorySource(archive, { name: 'all.tgz' })]);
    expect(table.spanCount).toBe(2);
    expect(issues[0]).toMatchObject({ code: 'wrong-checksum', count: 1, firstAt: { source: 'all.tgz' } });
  });

  test('names no more than a few of a thousand files without a span', async () => {
    const archive = toTar(Array.from({ length: 1000 }, (_, i) => file(`${i}.txt`, 'hello')));
    await expect(load([memorySource(archive)])).rejects.toThrow(/7\.txt: this is plain text.*\nand 992 more$/s);
  });

  test('tells its progress in bytes as they lie on disk', async () => {
    const archive = gzipSync(toTar([file('a.json', trace('cart', 1)), file('b.json', trace('cart', 2))]));
    const seen: number[] = [];
    await load([memorySource(archive), memorySource(archive)], { onProgress: ({ bytesRead }) => seen.push(bytesRead) });
    expect(seen.at(-1)).toBe(archive.length * 2);
  });
});

test.skipIf(!existsSync(HOTEL))('load reads a tar.gz of a thousand files', async () => {
  const { table, sources, issues } = await load([
    memorySource(readFileSync(HOTEL), { name: 'hotel.tar.gz', chunks: [65_536] }),
  ]);
  expect([table.spanCount, table.traceCount, sources.length]).toEqual([11_000, 1000, 1000]);
  expect(sources.every(({ format, spans }) => format === 'Jaeger JSON, in tar, gzip' && spans === 11)).toBe(true);
  expect(issues.filter(({ severity }) => severity !== 'info')).toEqual([]);
});
