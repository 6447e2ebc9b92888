import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isRecords } from '../../../src/decode/bytes/records.ts';
import { decode } from '../../helpers/otlpDecode.ts';
import { looksDelimited } from '../../../src/decode/protobuf/sniff.ts';
import { smallFixtures } from '../../helpers/fixtureEncodings.ts';
import { encodings, joined, text, toDelimited, toProtobuf, toRecords, toZstd } from '../../helpers/otlpEncodings.ts';
import { sampleLines } from '../../helpers/zstdSamples.ts';

const lines = sampleLines();
const firstLine = lines.indexOf('\n') + 1;

test('decodeSource names the layers that it took off, the outermost first', async () => {
  expect((await decode(gzipSync(toZstd(text(lines))))).format).toBe('OTLP JSON Lines, gzip, zstd');
});

test('decodeSource takes off three layers and no more', async () => {
  const layers = (count: number): Uint8Array => (count === 0 ? text(lines) : gzipSync(layers(count - 1)));
  expect((await decode(layers(3))).table.spanCount).toBe(40);
  expect((await decode(layers(4))).failure).toMatch(/binary file/);
});

test('decodeSource reads what comes before the place where gzip is cut off or damaged', async () => {
  const noise = Array.from({ length: 3000 }, (_, i) => sampleLines().replaceAll('item', `item${i}`)).join('');
  const bytes = gzipSync(text(noise));
  const { table, issues, failure } = await decode(bytes.slice(0, bytes.length / 2), { chunks: [1000] });
  expect(table.spanCount).toBeGreaterThan(40_000);
  expect(failure).toBeNull();
  expect(issues.map(({ code }) => code)).toEqual(['damaged', 'truncated']);
  expect(issues[0].firstAt?.byte).toBeGreaterThan(noise.length / 4);
});

test('decodeSource says of gzip that ends in its header that it is cut off, not that it is empty', async () => {
  for (const length of [2, 3, 9, 10]) {
    const { failure } = await decode(gzipSync(text(lines)).slice(0, length));
    expect(failure).toBe(
      'byte 0: Reading ended early: the gzip data is cut off: its end is missing. What came before was read.',
    );
  }
  expect((await decode(gzipSync(''))).failure).toBe('it is empty');
});

test('decodeSource says that gzip is not what its checksum says, and keeps all that was read', async () => {
  const bytes = new Uint8Array(gzipSync(lines.trimEnd()));
  bytes[bytes.length - 8] ^= 1;
  const { table, issues, failure } = await decode(bytes, { chunks: [100] });
  expect(table.spanCount).toBe(40);
  expect(failure).toBeNull();
  expect(issues).toMatchObject([{ code: 'wrong-checksum', severity: 'error', firstAt: { byte: lines.length - 1 } }]);
  expect(issues[0].message).toMatch(/^All of it was read, but the checksum/);
});

test.each<[string, (content: Uint8Array) => Uint8Array]>([
  ['zstd', (content) => toZstd(content, 1)],
  [
    'one of several blocks of zstd',
    (content) => toRecords([toZstd(content.subarray(0, firstLine)), toZstd(content.subarray(firstLine), 1)]),
  ],
  ['zstd in gzip', (content) => gzipSync(toZstd(content, 1))],
])('decodeSource says that %s is not what its checksum says, and keeps all that was read', async (_, packed) => {
  const { table, issues, failure } = await decode(packed(text(lines.trimEnd())), { chunks: [100] });
  expect(table.spanCount).toBe(40);
  expect(failure).toBeNull();
  expect(issues).toMatchObject([{ code: 'wrong-checksum', severity: 'error' }]);
  expect(issues[0].message).toMatch(/^All of it was read, but the checksum \(XXH64\)/);
});

test('decodeSource reads a gzip file of many members, and says what stands behind the last', async () => {
  const members = lines.split('\n').map((line) => gzipSync(`${line}\n`));
  const { table, issues } = await decode(joined(members), { chunks: [33] });
  expect(table.spanCount).toBe(40);
  expect(issues).toEqual([]);
  const withJunk = await decode(joined([...members, text('this is no gzip member')]));
  expect(withJunk.table.spanCount).toBe(40);
  expect(withJunk.issues).toMatchObject([{ code: 'bytes-behind', severity: 'warning' }]);
  expect(withJunk.issues[0].message).toBe(
    'All of it was read; behind the end of the gzip data stands something else, which was passed over.',
  );
  const padded = await decode(joined([...members, new Uint8Array(512)]), { chunks: [100] });
  expect([padded.table.spanCount, padded.issues]).toEqual([40, []]);
});

test('decodeSource leaves out a damaged zstd block and reads the others', async () => {
  const blocks = lines
    .trim()
    .split('\n')
    .map((line) => toZstd(text(line)));
  blocks[3][9] |= 6;
  blocks[7] = text('no zstd');
  const { table, issues, format } = await decode(toRecords(blocks), { chunks: [50] });
  expect(format).toBe('OTLP JSON Lines, zstd blocks');
  expect(table.spanCount).toBe(38);
  expect(issues).toMatchObject([{ code: 'damaged-record', count: 2 }]);
});

test('decodeSource says where a damaged zstd block stands in the content, however early it comes', async () => {
  const messages = lines.trim().split('\n').map(text);
  for (const damaged of [0, 1, 5]) {
    const blocks = messages.map((message) => toZstd(message));
    blocks[damaged] = text('no zstd');
    // The first block tells the format.
    const bytes = damaged === 0 ? toRecords([toZstd(text('{}')), ...blocks]) : toRecords(blocks);
    const byte = joined(messages.slice(0, damaged)).length + (damaged === 0 ? 2 : 0);
    for (const chunks of [[], [50]]) {
      const { issues } = await decode(bytes, { chunks });
      expect(issues).toMatchObject([{ code: 'damaged-record', count: 1, firstAt: { byte } }]);
    }
  }
});

test('decodeSource leaves out records that do not begin as OTLP does, and reads the others', async () => {
  const messages = lines.trim().split('\n').map(text);
  const byte = messages.slice(0, 3).reduce((sum, { length }) => sum + length, 0);
  for (const copies of [1, 30]) {
    const damaged = Array.from({ length: copies }, () => messages.map((message) => message.slice())).flat();
    damaged[3][0] ^= 1;
    damaged[damaged.length - 7][0] ^= 0x80;
    for (const input of [{}, { chunks: [50, 3] }, { isFile: true, pieceBytes: 700 }]) {
      const { table, issues } = await decode(toRecords(damaged), input);
      // A span that stands in another copy is not lost.
      expect(table.spanCount).toBe(copies === 1 ? 38 : 40);
      expect(issues).toMatchObject([{ code: 'damaged-record', severity: 'error', count: 2, firstAt: { byte } }]);
      expect(issues[0].message).toBe('A record was left out: it does not begin as OTLP does.');
    }
  }
});

test('decodeSource says that records end early besides those that it left out', async () => {
  const messages = lines.trim().split('\n').map(text);
  messages[3][0] ^= 1;
  const { table, issues } = await decode(toRecords(messages).slice(0, -9));
  expect(table.spanCount).toBe(38);
  expect(issues.map(({ code }) => code)).toEqual(['damaged-record', 'damaged', 'truncated']);
});

test('decodeSource reads records of JSON, whichever encoding the Collector was given', async () => {
  const messages = lines.trim().split('\n').map(text);
  const indented = lines
    .trim()
    .split('\n')
    .map((line) => text(JSON.stringify(JSON.parse(line), null, 2)));
  for (const records of [toRecords(messages), toRecords(indented), toRecords([text('{}'), ...messages])]) {
    const { table, issues, format } = await decode(records, { chunks: [50, 3] });
    expect(format).toMatch(/^OTLP JSON( Lines)?, length-prefixed records$/);
    expect([table.spanCount, issues]).toEqual([40, []]);
  }
});

test('decodeSource passes over records without a byte, the first ones too', async () => {
  const empty = new Uint8Array();
  const messages = lines.trim().split('\n').map(text);
  const { table, issues, format } = await decode(toRecords([empty, empty, ...messages, empty]), { chunks: [7] });
  expect([table.spanCount, issues]).toEqual([40, []]);
  expect(format).toMatch(/length-prefixed records$/);
});

test('decodeSource reads messages delimited by varints, and says where they are damaged or cut off', async () => {
  const [{ requests }] = smallFixtures(12);
  const messages = requests.map(toProtobuf);
  const whole = await decode(toDelimited(messages), { chunks: [7] });
  expect(whole.format).toBe('OTLP protobuf, varint-delimited messages');
  expect(whole.issues).toEqual([]);
  const [first, ...others] = messages;
  const damaged = await decode(toDelimited([first, Uint8Array.of(0x0c, 1), ...others]));
  expect(damaged.issues).toMatchObject([{ code: 'damaged-record', count: 1, firstAt: { byte: first.length } }]);
  expect(damaged.table.spanCount).toBe(whole.table.spanCount);
  const cut = await decode(toDelimited(messages).slice(0, -1));
  expect(cut.issues.map(({ code }) => code)).toEqual(['damaged', 'truncated']);
  const endless = joined([toDelimited([first]), new Uint8Array(9).fill(0xff)]);
  expect((await decode(endless)).issues).toMatchObject([
    { message: expect.stringContaining('the length of a record is none') },
  ]);
});

test('looksDelimited takes nothing else for delimited messages, and all of those', () => {
  for (const { requests } of smallFixtures(50)) {
    const [{ name: first }] = encodings(requests);
    expect(first).toBe('one JSON document');
    for (const { name, bytes } of encodings(requests)) {
      const isDelimited = name === 'protobuf delimited by varints';
      expect([name, looksDelimited(bytes), isDelimited && isRecords(bytes)]).toEqual([name, isDelimited, false]);
    }
    const message = toProtobuf(requests[0]);
    const delimited = toDelimited([message]);
    expect(looksDelimited(delimited)).toBe(true);
    // Some of it more than is looked at, and a length that does not fit.
    expect(looksDelimited(delimited.subarray(0, 20))).toBe(true);
    expect(looksDelimited(joined([toDelimited([message.subarray(1)]), message]))).toBe(false);
  }
  for (const content of [
    '"\n \n\t{"resourceSpans":[]}',
    '{\n  "resourceSpans": []\n}',
    `!${'\n'.repeat(40)}`,
    '\u001e\n{}',
  ])
    expect(looksDelimited(text(content)), content).toBe(false);
});

test('isRecords takes nothing for records that begins like another file', () => {
  const head = (...bytes: readonly (number | string)[]): Uint8Array =>
    joined(bytes.map((part) => (typeof part === 'string' ? text(part) : Uint8Array.of(part))));
  expect(isRecords(head(0, 0, 0, 9, 0x0a, 7))).toBe(true);
  expect(isRecords(head(0, 0, 0, 9, '{"a":1}'))).toBe(true);
  expect(isRecords(head(0, 0, 0, 9, '{\r\n'))).toBe(true);
  expect(isRecords(head(0, 0, 0, 0, 0, 0, 0, 9, 0x0a))).toBe(true);
  // A brace with something else behind it, or with too large a length before.
  expect(isRecords(head(0, 0, 0, 9, '{a'))).toBe(false);
  expect(isRecords(head(0, 0, 0, 9, '{', 0))).toBe(false);
  expect(isRecords(head('\r\n\t {"a":1}'))).toBe(false);
  expect(isRecords(head(0, 0, 0, 9, '[{"a":1}]'))).toBe(false);
  // Nothing but zeros, and what ends before a record begins.
  expect(isRecords(new Uint8Array(1000))).toBe(false);
  expect(isRecords(new Uint8Array(3))).toBe(false);
  expect(isRecords(head(0, 0, 0, 9))).toBe(false);
  expect(isRecords(head(0, 0, 0, 0, 0x0a, 0, 0, 9, 0x0a))).toBe(false);
});

test('decodeSource reads UTF-16, which PowerShell writes', async () => {
  const little = Buffer.from(`\ufeff${lines}`, 'utf16le');
  const big = Buffer.from(little).swap16();
  for (const bytes of [little, big]) {
    const { table, format } = await decode(new Uint8Array(bytes), { chunks: [9] });
    expect(table.spanCount).toBe(40);
    expect(format).toBe('OTLP JSON Lines, UTF-16');
  }
});
