import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromJsonLog } from '../../../src/decode/json/jsonLog.ts';
import type { Bytes } from '../../../src/decode/bytes/readBytes.ts';
import { nodeConsole } from '../../helpers/consoleText.ts';
import { decode } from '../../helpers/otlpDecode.ts';
import { joined, text } from '../../helpers/otlpEncodings.ts';
import { sdkSpans } from '../../helpers/otlpSdk.ts';
import { tableContent } from '../../helpers/otlpTable.ts';
import { sampleLines } from '../../helpers/zstdSamples.ts';

async function unwrapped(content: string, chunk = content.length + 1, most = 1 << 20): Promise<string> {
  const bytes = text(content);
  async function* chunks(): Bytes {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.slice(at, at + chunk);
  }
  const found: Uint8Array[] = [];
  for await (const part of fromJsonLog(chunks(), most)) found.push(part.slice());
  return new TextDecoder().decode(joined(found));
}

const lines = sampleLines().trimEnd().split('\n');

describe('fromJsonLog', () => {
  test.each([
    ['a record a line', '{"msg":"a"}\n{"time":1,"log":"b\\n"}\n', 'a\nb\n'],
    ['escapes', String.raw`{"x":"\\","msg":"{\"a\":\"\\\"\u20ac\"}","y":"\""}`, String.raw`{"a":"\"€"}`],
    ['a list on one line', '{"events":[{"message":"a","n":1},{"message":"b"}]}\n', 'a\nb\n'],
    ['a list over lines', '{\n "events": [\n  {\n   "message": "a"\n  }\n ]\n}\n', '\n\n\na\n\n\n\n'],
    [
      'records without a text, and other lines',
      '{"a":"msg","b":["msg"]}\nmsg: "x"\n\n',
      '{"a":"msg","b":["msg"]}\nmsg: "x"\n\n',
    ],
    ['a text that is further in than records are', '{"a":[{"b":{"msg":"x"}}]}\n', '{"a":[{"b":{"msg":"x"}}]}\n'],
    ['records that are cut off', '{"a":[{"msg":1\n{"msg":"a\n{"msg":"b"}\n{"msg":"c', '\na\nb\nc'],
    ['a record that is cut off in an escape', '{"msg":"{\\"a\\', '{"a'],
    ['what is no escape at its end', '{"msg":"C:\\q"}\n', 'C:\\q\n'],
    ['what is no escape', '{"msg":"C:\\Users\\"x"}', 'C:\\Users\\"x'],
    ['what is no string', '{"msg":{"log":"a"}}\n{"msg":["b"]}\n{"msg":null}\n', 'a\n{"msg":["b"]}\n{"msg":null}\n'],
    ['a text over lines', '{"msg":"{\\n}"}\n{"msg":"a"}\n', '{\n}\na\n'],
  ])('takes the texts out of %s, in chunks of any size', async (_name, content, expected) => {
    for (const chunk of [content.length, 1, 2, 7]) expect(await unwrapped(content, chunk)).toBe(expected);
  });

  test('keeps no more than a limit of a line or a text', async () => {
    const long = 'x'.repeat(100);
    for (const chunk of [1, 7, 1000]) {
      const late = `{"a":"${long}","msg":"b"}\n`;
      expect(await unwrapped(`${late}{"msg":"c"}\n`, chunk, 60)).toBe(`${late}c\n`);
      expect(await unwrapped(`{"msg":"b","a":"${long}"}\n{"msg":"c"}\n`, chunk, 60)).toBe('b\nc\n');
      expect(await unwrapped(`{"msg":"${long}\\n"}\n{"msg":"c"}\n`, chunk, 60)).toBe(`${long}\\n\nc\n`);
      expect(await unwrapped(`{"msg":"${long}\n{"msg":"c"}\n`, chunk, 60)).toBe(`${long}\nc\n`);
    }
  });

  test('takes any text out of any record', async () => {
    const texts = fc.array(
      fc.string({ unit: 'binary' }).filter((one) => !/[\r\n]/.test(one) && one !== ''),
      { minLength: 1 },
    );
    await fc.assert(
      fc.asyncProperty(
        texts,
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 0 })),
        fc.integer({ min: 1, max: 40 }),
        async (all, others, chunk) => {
          const { log, message, msg, line, ...more } = others;
          const content = all.map((message) => `${JSON.stringify({ ...more, message })}\n`).join('');
          expect(await unwrapped(content, chunk)).toBe(all.map((one) => `${one}\n`).join(''));
        },
      ),
      { seed: 6, numRuns: 100 },
    );
  });
});

describe('decodeSource', () => {
  const otlp = (line: string): object => ({ message: line, nodeName: 'n', podName: 'app-1', containerName: 'app' });

  test('reads OTLP that Fluent Bit, stern, slog, logcli, journald, CloudWatch and Google Cloud keep', async () => {
    const plain = tableContent((await decode(sampleLines())).table);
    const records: readonly ((line: string) => object)[] = [
      (log) => ({ date: 1.5, stream: 'stdout', _p: 'F', log, kubernetes: { pod_name: 'a' } }),
      (line) => otlp(`${line}\n`),
      (msg) => ({ time: '2026-05-01T12:00:00Z', level: 'INFO', msg }),
      (line) => ({ labels: { app: 'x' }, line, timestamp: '2026-05-01T12:00:00Z' }),
      (MESSAGE) => ({ PRIORITY: '6', MESSAGE }),
      (message) => ({ '@timestamp': 1, '@message': message }),
      (textPayload) => ({ insertId: 'a', textPayload, resource: { type: 'k8s_container' } }),
    ];
    for (const record of records) {
      const { table, format, issues } = await decode(lines.map((line) => `${JSON.stringify(record(line))}\n`).join(''));
      expect([format, issues]).toEqual(['OTLP JSON Lines, JSON log', []]);
      expect(tableContent(table)).toEqual(plain);
    }
    for (const indent of [0, 2]) {
      const events = lines.map((message, timestamp) => ({ timestamp, message }));
      const { table, format } = await decode(JSON.stringify({ events }, null, indent));
      expect(format).toBe('OTLP JSON Lines, JSON log');
      expect(tableContent(table)).toEqual(plain);
    }
  });

  test('reads what programs print over lines in such records, among what else they say', async () => {
    const printed = nodeConsole(sdkSpans()).flatMap((span) => span.trimEnd().split('\n'));
    const said = ['ready', '', ...printed];
    const { format, table, issues } = await decode(
      said.map((msg) => `${JSON.stringify({ level: 'info', msg })}\n`).join(''),
    );
    expect([format, table.spanCount > 0]).toEqual(['Node ConsoleSpanExporter, JSON log', true]);
    expect(issues.map(({ code, count, firstAt }) => [code, count, firstAt?.line])).toEqual([['other-text', 1, 1]]);
  });

  test('reads OTLP as it is where its spans have such members, and logs that hold no spans as before', async () => {
    const request = JSON.parse(lines[0]);
    for (const { scopeSpans } of request.resourceSpans) {
      for (const { spans } of scopeSpans) for (const span of spans) span.status = { code: 2, message: lines[1] };
    }
    const whole = await decode(JSON.stringify(request));
    expect(whole.format).toBe('OTLP JSON');
    expect(whole.table.spanCount).toBeGreaterThan(0);
    const mixed = await decode(`${JSON.stringify(otlp(lines[1]))}\n${lines[0]}\n`);
    expect(mixed.format).not.toContain('JSON log');
    const none = await decode(`${JSON.stringify(otlp('started'))}\n`.repeat(20));
    expect(none.failure).toContain('no OTLP');
  });
});
