import { expect, test } from 'vitest';
import { LIMITS, type Limits } from '../../../src/config/limits.ts';
import type { Group } from '../../../src/decode/items/itemLayout.ts';
import { ItemReader } from '../../../src/decode/items/itemReader.ts';
import { SourceReport } from '../../../src/decode/sourceReport.ts';
import { SpanTableBuilder } from '../../../src/store/spanTableBuilder.ts';
import { text } from '../../helpers/otlpEncodings.ts';

const TRACE: Group<'span' | 'owner'> = { group: 'trace', members: { spans: 'span', owner: 'owner' } };

/** What a reader of `{"data": [{"spans": [{}], "owner": {}}]}` hands on and says, in words. */
function read(
  content: string | Uint8Array,
  { size = Infinity, limits = {} }: { size?: number; limits?: Partial<Limits> } = {},
) {
  const bytes = typeof content === 'string' ? text(content) : content;
  const report = new SourceReport('a.json', new SpanTableBuilder(), { ...LIMITS, ...limits });
  const calls: string[] = [];
  const reader = new ItemReader(
    report,
    'test',
    { group: 'document', members: { data: TRACE } },
    {
      open: (group) => calls.push(`<${group}`),
      item: (name, value, at) => calls.push(`${name} ${JSON.stringify(value)} ${at.line}:${at.byte}`),
      close: (group) => calls.push(`${group}>`),
    },
  );
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, Math.min(at + size, bytes.length)));
  reader.finish();
  const issues = report.sink.issues
    .list()
    .map(({ code, count, firstAt }) => `${code}×${count} ${firstAt?.line}:${firstAt?.byte}`);
  return { calls, issues };
}

const items = (content: string | Uint8Array, options = {}): string[] =>
  read(content, options).calls.filter((call) => /^(span|owner)/.test(call));

test('ItemReader hands out what stands at the places of items, and says what it stands in', () => {
  const content =
    '{"total":0,"data":[{"traceID":"1","spans":[{"a":1},\n{"b":[{}]}],"owner":{"c":"]"}},{"x":[{"spans":[{}]}]}]}';
  expect(read(content)).toEqual({
    calls: [
      '<document',
      '<trace',
      'span {"a":1} 1:43',
      'span {"b":[{}]} 2:52',
      'owner {"c":"]"} 2:72',
      'trace>',
      '<trace',
      'trace>',
      'document>',
    ],
    issues: [],
  });
});

test('ItemReader hands out the same in chunks of any size, from documents in a row, in lists and behind a byte order mark', () => {
  const content = `\ufeff\n{"data":{"spans":[[{"a":"\\"]"},{"b":-1.5e3}],{"ö":"\\u00e9"}]}}{"data":[]}\r\n\n [{"data":[{"owner":{"k":null},"spans":[{}]}]}] `;
  const whole = read(content);
  expect(whole.calls.filter((call) => call.startsWith('span'))).toHaveLength(4);
  for (const size of [1, 2, 3, 7, 50]) expect(read(content, { size }), `chunks of ${size}`).toEqual(whole);
});

test('ItemReader passes over what is no object where an item should be', () => {
  expect(
    read('{"data":[1,"x",null,{"spans":[1,"{",{"a":1},null],"owner":7}, {"spans":"none"}, {"spans":{"b":2}}]}').issues,
  ).toEqual([]);
  expect(
    items('{"data":[1,"x",null,{"spans":[1,"{",{"a":1},null],"owner":7}, {"spans":"none"}, {"spans":{"b":2}}]}'),
  ).toEqual(['span {"a":1} 1:36', 'span {"b":2} 1:89']);
});

test('ItemReader leaves out an item that is no JSON inside, and goes on behind it', () => {
  const content = '{"data":[{"spans":[{"a":1},\n{"a":tru},\n{"a" 1},{"a":2}]}]}';
  for (const size of [1, 5, Infinity]) {
    const { calls, issues } = read(content, { size });
    expect(calls.filter((call) => call.startsWith('span'))).toEqual(['span {"a":1} 1:19', 'span {"a":2} 3:47']);
    expect(issues).toEqual(['bad-json×2 2:28']);
  }
});

test('ItemReader goes on at the next line that starts a document where the brackets around items are damaged', () => {
  const good = '{"data":[{"spans":[{"a":1}]}]}';
  const bad = [
    '{"data":[{"spans":[{"a":1},]}]}',
    '{"data":[{"spans":{"a":1}',
    'no json',
    '{"data"[]}',
    '{"data":[{"spans":[{"a":"\n"}]}]}',
    ']',
  ];
  for (const line of bad) {
    for (const size of [1, 7, Infinity]) {
      const { calls, issues } = read(`${line}\n${good}\n`, { size });
      expect(calls.slice(-5), line).toEqual([
        '<document',
        '<trace',
        `span {"a":1} ${line.split('\n').length + 1}:${line.length + 1 + 19}`,
        'trace>',
        'document>',
      ]);
      expect(issues, line).toHaveLength(1);
      expect(issues[0], line).toMatch(/^bad-json×1/);
    }
  }
});

test('ItemReader closes what was open where the input ends in the middle', () => {
  for (const size of [1, Infinity]) {
    expect(read('{"data":[{"spans":[{"a":1},{"b":', { size })).toEqual({
      calls: ['<document', '<trace', 'span {"a":1} 1:19', 'trace>', 'document>'],
      issues: ['truncated×1 1:27'],
    });
  }
});

test('ItemReader leaves out items that are too large or too deep, and reads the rest', () => {
  const large = `{"a":"${'x'.repeat(5000)}"}`;
  const deep = `${'{"a":['.repeat(20)}1${']}'.repeat(20)}`;
  for (const size of [100, Infinity]) {
    const { calls, issues } = read(`{"data":[{"spans":[${large},${deep},{"a":1}]}]}`, {
      size,
      limits: { unitBytes: 1000, depth: 10 },
    });
    expect(calls.filter((call) => call.startsWith('span'))).toEqual([
      `span {"a":1} 1:${19 + large.length + deep.length + 2}`,
    ]);
    expect(issues).toEqual(['too-large×1 1:19', `too-deep×1 1:${19 + large.length + 1}`]);
  }
});

test('ItemReader says which item has text that is not UTF-8', () => {
  const bytes = text('{"data":[{"spans":[{"a":"\ufffd"},{"a":"?"}]}]}');
  bytes[bytes.indexOf(0x3f)] = 0xff;
  const { calls, issues } = read(bytes);
  expect(calls.filter((call) => call.startsWith('span'))).toEqual([
    'span {"a":"\ufffd"} 1:19',
    'span {"a":"\ufffd"} 1:31',
  ]);
  expect(issues).toEqual(['bad-utf8×1 1:31']);
});

test('ItemReader survives 100,000 brackets and reads what follows', () => {
  for (const [open, close] of [
    ['[', ']'],
    ['{"data":', '}'],
    ['{"data":{"spans":', '}}'],
    ['{"a":', '}'],
  ]) {
    const { calls } = read(`${open.repeat(100_000)}1${close.repeat(100_000)}\n{"data":{"spans":{"a":1}}}`, {
      size: 1000,
    });
    expect(
      calls.filter((call) => call.startsWith('span')),
      open,
    ).toHaveLength(1);
  }
});

test('ItemReader counts the documents that have nothing of the format, among others that have', () => {
  const good = '{"data":[{"spans":[{"a":1}]}]}';
  const other = '{"resourceSpans":[{"scopeSpans":[]}]}';
  for (const size of [1, Infinity]) {
    expect(read(`{}\n${other}\n[${good},${other}]\n{"total":0,"data":[]}`, { size }).issues).toEqual([
      'other-document×2 2:3',
    ]);
    expect(read(`${other}\n${other}`, { size }).issues).toEqual([]);
  }
});
