import { describe, expect, test } from 'vitest';
import { fromCriLog, fromDockerLog } from '../../../src/decode/bytes/containerLog.ts';
import { fromTextSequence } from '../../../src/decode/bytes/textSequence.ts';
import type { Bytes } from '../../../src/decode/bytes/readBytes.ts';
import { goSpans } from '../../helpers/consoleText.ts';
import { toCriLog, toDockerLog, toJsonLog, toTextSequence } from '../../helpers/containerLogs.ts';
import { decode } from '../../helpers/otlpDecode.ts';
import { joined, text } from '../../helpers/otlpEncodings.ts';
import { tableContent } from '../../helpers/otlpTable.ts';
import { sampleLines } from '../../helpers/zstdSamples.ts';

const TIME = '2024-01-01T00:00:00.000000000Z';
const MOST = 1 << 20;
/** A line that is kept in many pieces, with letters of three bytes at their ends. */
const LONG = sampleLines().replaceAll('item', '\u20ac'.repeat(7000));
const LOGS = [
  ['CRI log', toCriLog],
  ['Docker log', toDockerLog],
  ['JSON log', toJsonLog],
] as const;

async function out(open: (bytes: Bytes) => Bytes, content: string | Uint8Array, chunk = 7): Promise<string> {
  const bytes = typeof content === 'string' ? text(content) : content;
  const found: Uint8Array[] = [];
  async function* chunks(): AsyncGenerator<Uint8Array> {
    // The buffer is used again, as that of a file is.
    const buffer = new Uint8Array(chunk);
    for (let at = 0; at < bytes.length; at += chunk) {
      const part = bytes.subarray(at, at + chunk);
      buffer.set(part);
      yield buffer.subarray(0, part.length);
    }
  }
  for await (const part of open(chunks())) found.push(part.slice());
  return new TextDecoder().decode(joined(found));
}

const cri = (content: string, most = MOST): Promise<string> => out((bytes) => fromCriLog(bytes, most), content);
const docker = (content: string): Promise<string> => out((bytes) => fromDockerLog(bytes, MOST), content);

describe('decodeSource', () => {
  test.each(LOGS)('reads OTLP in a %s, in chunks of any size', async (name, write) => {
    const plain = await decode(sampleLines());
    for (const chunks of [[], [7], [1000]]) {
      const { table, format, issues } = await decode(write(text(sampleLines())), { chunks });
      expect([format, issues]).toEqual([`OTLP JSON Lines, ${name}`, []]);
      expect(tableContent(table)).toEqual(tableContent(plain.table));
    }
  });

  test('joins the pieces in which Kubernetes keeps a long line', async () => {
    const { table, issues } = await decode(toCriLog(text(LONG)));
    expect(issues).toEqual([]);
    expect(tableContent(table)).toEqual(tableContent((await decode(LONG)).table));
  });

  test('joins the pieces in which Docker keeps a long line, which cost it letters', async () => {
    const ascii = sampleLines().replaceAll('item', 'i'.repeat(20_000));
    const { table, issues } = await decode(toDockerLog(text(ascii)));
    expect(issues).toEqual([]);
    expect(tableContent(table)).toEqual(tableContent((await decode(ascii)).table));
    expect((await decode(toDockerLog(text(LONG)))).table.spanCount).toBe(40);
  });

  test.each(LOGS)('tells the lines of other text in a %s by their line in the file', async (_, write) => {
    const lines = sampleLines().trimEnd().split('\n');
    lines.splice(0, 0, 'starting', 'x'.repeat(40_000));
    lines.splice(5, 0, 'GET /health 200');
    const { table, issues } = await decode(write(text(`${lines.join('\n')}\n`)));
    expect(table.spanCount).toBe(40);
    expect(issues.map(({ code, count, firstAt }) => [code, count, firstAt?.line])).toEqual([['other-text', 3, 1]]);
    const rest = write(text(`${lines.slice(2).join('\n')}\n`));
    expect((await decode(rest)).issues[0].firstAt?.line).toBe(4);
  });

  test.each(LOGS)('reads what consoles print in a %s, over many lines', async (name, write) => {
    const requests = sampleLines()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const spans = goSpans({ resourceSpans: requests.flatMap(({ resourceSpans }) => resourceSpans) });
    const content = text(`starting\n${spans.map((span) => JSON.stringify(span, null, 2)).join('\n')}\n`);
    const { table, format } = await decode(write(content));
    expect([table.spanCount, format]).toEqual([40, `Go stdouttrace, ${name}`]);
  });

  test('reads a JSON text sequence', async () => {
    for (const chunks of [[], [7]]) {
      const { table, format, issues } = await decode(toTextSequence(text(sampleLines())), { chunks });
      expect([table.spanCount, format, issues]).toEqual([40, 'OTLP JSON Lines, JSON text sequence', []]);
    }
  });
});

describe('fromCriLog', () => {
  test('keeps the pieces of two streams apart, and counts lines as in the file', async () => {
    const log = [
      `${TIME} stdout P a`,
      `${TIME} stderr P 1`,
      `${TIME} stdout F b`,
      `${TIME} stderr F:tag 2`,
      `${TIME} stdout F `,
    ];
    expect(await cri(`${log.join('\n')}\n`)).toBe('ab\n\n12\n\n\n');
  });

  test('puts what was said on another stream behind the object that was being printed', async () => {
    const pretty = (stream: string, lines: readonly string[]): string[] =>
      lines.map((line) => `${TIME} ${stream} F ${line}\n`);
    const [open, name, close, next] = pretty('stdout', ['{', '  "name": "a"', '}', '{"name": "b"}']);
    const [said, more] = pretty('stderr', ['said', '{']);
    expect(await cri([open, said, name, close, next, said].join(''))).toBe(
      '{\n  "name": "a"\n}\nsaid\n{"name": "b"}\nsaid\n',
    );
    // One that never ends, or not within the limit, keeps nothing back.
    expect(await cri([open, said, name].join(''))).toBe('{\n  "name": "a"\nsaid\n');
    expect(await cri(open + said.repeat(20) + name, 60)).toBe(
      `{\n${'said\n'.repeat(13)}  "name": "a"\n${'said\n'.repeat(7)}`,
    );
    expect(await cri([open, more, name, close, said].join(''))).toBe('{\n  "name": "a"\n}\n{\nsaid\n');
  });

  test('hands on what is no line of the log, and what was never ended', async () => {
    expect(await cri(`rest\n${TIME} stdout F a\n\n${TIME} stdout P b`)).toBe('rest\na\n\nb');
  });

  test('keeps no more than a limit of a line', async () => {
    const pieces = Array.from({ length: 6 }, () => `${TIME} stdout P 12345\n`).join('');
    expect(await cri(pieces, 60)).toBe('123451234512345123451234512345');
    expect((await cri(pieces, 12)).split('12345')).toHaveLength(7);
    expect(await cri(`${'x'.repeat(100)}\n${TIME} stdout F a\n`, 60)).toBe(`${'x'.repeat(100)}\na\n`);
  });
});

test('fromDockerLog reads a line without its end as whole, unless it is as long as a piece', async () => {
  const line = (log: string, more = {}): string => `${JSON.stringify({ log, stream: 'stderr', ...more })}\n`;
  const piece = 'x'.repeat(1 << 14);
  expect(await docker(line('a') + line('b\n', { attrs: { tag: 'c' } }))).toBe('a\nb\n');
  expect(await docker(line(piece) + line('b\n') + line('c'))).toBe(`${piece}b\n\nc\n`);
  const others = '{"log":"cut\n{"log":1,"stream":"stdout"}\n{"log":"a","stream":"x"}\n';
  expect(await docker(others)).toBe(others);
});

test('fromTextSequence puts each text at the beginning of a line, that behind one that is cut off too', async () => {
  const content = '\u001e{"a":1}\n\u001e{"b":\u001e{"c":3}\n\u001e\u001e4\n';
  for (const chunk of [1, 3, 100]) {
    expect(await out(fromTextSequence, content, chunk)).toBe('{"a":1}\n{"b":\n{"c":3}\n4\n');
  }
});
