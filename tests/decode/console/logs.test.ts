import { describe, expect, test } from 'vitest';
import { inTurns, prefixed } from '../../helpers/fixtureEncodings.ts';
import { decode } from '../../helpers/otlpDecode.ts';
import { text } from '../../helpers/otlpEncodings.ts';
import { sampleLines } from '../../helpers/zstdSamples.ts';

const LOG_LINE = 'GET /health 200 in 3 ms, as it is every second of every day\n';
/** More than a format is told by, ordinarily. */
const LONG_LOG = LOG_LINE.repeat(2000);
const log = (content: string, prefix = 'app-1  | '): string =>
  new TextDecoder().decode(prefixed(text(content), prefix));

function spanOf(service: string, id: number): string {
  return `{
  resource: {
    attributes: { 'service.name': '${service}' }
  },
  traceId: '14044f1ef10c4a11b57102a0f0ad0369',
  name: 'GET',
  id: '76b62ae0edf96d0${id}',
  kind: 2,
  timestamp: 1751361608089000,
  duration: 477.219,
  attributes: {},
  status: { code: 0 },
  events: [],
  links: []
}
`;
}

/** As Node prints it where it is told to use colours. */
function coloured(content: string): string {
  return content
    .replaceAll(/'[^']*'/g, '\u001b[32m$&\u001b[39m')
    .replaceAll(/(?<=: )\d[\d.]*/g, '\u001b[33m$&\u001b[39m');
}

describe('decodeSource', () => {
  test.each([
    ['Node’s console', spanOf('a', 1), 1, 'Node ConsoleSpanExporter'],
    ['OTLP', sampleLines(), 40, 'OTLP JSON Lines'],
    ['Node’s console, collected by compose', log(spanOf('a', 1)), 1, 'Node ConsoleSpanExporter, in a container log'],
    ['OTLP, collected by compose', log(sampleLines()), 40, 'OTLP JSON Lines, in a container log'],
  ])('finds spans far down in a log: %s', async (_name, content, spans, format) => {
    const before = content.startsWith('app') ? log(LONG_LOG) : LONG_LOG;
    for (const input of [{}, { chunks: [1000] }, { chunks: [1 << 16] }, { isFile: true, pieceBytes: 1009 }]) {
      const decoded = await decode(before + content, input);
      expect([decoded.table.spanCount, decoded.format, decoded.failure]).toEqual([spans, format, null]);
      const places = decoded.issues.filter(({ code }) => code !== 'truncated').map(({ firstAt }) => firstAt?.line);
      expect(places).toEqual([1]);
    }
  });

  test.each(['[INFO] ', '{"level":"info"} ', '[pod/app/app] '])(
    'finds spans far down in a log whose lines begin like JSON: %s',
    async (start) => {
      const before = log(LONG_LOG, start);
      const { table, format } = await decode(
        before + (start === '[pod/app/app] ' ? log(spanOf('a', 1), start) : spanOf('a', 1)),
      );
      expect(table.spanCount).toBe(1);
      expect(format).toMatch(/^Node ConsoleSpanExporter/);
    },
  );

  test('finds a span wherever in a log it begins', async () => {
    const { length } = LOG_LINE;
    for (let lines = 1080; lines < 1096; lines++) {
      const content = LOG_LINE.repeat(lines) + spanOf('a', 1);
      expect([lines * length, (await decode(content)).table.spanCount]).toEqual([lines * length, 1]);
    }
  });

  test('looks for spans in a log no further than it may', async () => {
    const content = LONG_LOG + spanOf('a', 1);
    const { failure, table } = await decode(content, { limits: { sniffBytes: 3 << 15 } });
    expect([failure, table.spanCount]).toEqual([
      expect.stringMatching(/^this is plain text, in its first 0\.09375 MiB; the rest was not read; /),
      0,
    ]);
  });

  test.each([
    ['this is plain text', LONG_LOG],
    ['this is plain text', `# Traces\n\n${'They hold `spans`.\n'.repeat(8000)}`],
    ['this is a CSV file', `trace_id,span_id,name\n${'1f,2a,GET\n'.repeat(10_000)}`],
    ['this is an HTML page', `<!DOCTYPE html><html>${'<p>traces</p>\n'.repeat(10_000)}</html>`],
    ['this is JSON, but no OTLP', '{"level":"info","msg":"done"}\n'.repeat(5000)],
  ])('says of a long file without spans what it is: %s', async (sentence, content) => {
    const { failure, table, issues } = await decode(content);
    expect(failure?.slice(0, sentence.length)).toBe(sentence);
    expect([table.spanCount, issues]).toEqual([0, []]);
  });
});

describe('PrefixedDecoder', () => {
  test.each([
    ['docker compose', 'web-1   | ', 'cart-1  | '],
    ['docker compose --timestamps', 'web-1 | 2026-05-01T12:00:00.5Z ', 'cart-1 | 2026-05-01T12:00:00.123456789Z '],
    ['kubectl', '[pod/web-7d9f/app] ', '[pod/cart-8c1a/app] '],
    ['stern', 'web-7d9f8b6c5d-x2x4v app ', 'cart-8c1ad-9zbqw app '],
    ['stern -A', 'shop web-0 app ', 'shop web-1 app '],
    ['docker compose in colours', '\u001b[36mweb-1   | \u001b[0m', '\u001b[33mcart-1  | \u001b[0m'],
  ])('reads spans of containers whose lines stand in turns: %s', async (_name, web, cart) => {
    const content = inTurns(
      log(spanOf('web', 1) + spanOf('web', 2), web),
      log(`ready\n${spanOf('cart', 3)}bye\n${spanOf('cart', 4)}`, cart),
    );
    for (const chunks of [[], [7], [1], [64, 3]]) {
      const { table, issues, format } = await decode(content, { chunks });
      expect([table.spanCount, format]).toEqual([4, 'Node ConsoleSpanExporter, in a container log']);
      expect(issues).toMatchObject([{ code: 'other-text', count: 2, firstAt: { line: 4 } }]);
      const byte = content.split('\n').slice(0, 3).join('\n').length + 1;
      expect(issues[0].firstAt?.byte).toBe(byte);
    }
  });

  test.each([
    ['journalctl', 'Jan  2 14:57:40 host web[12]: ', 'Jan  2 14:57:40 host cart[13]: '],
    ['journalctl -o short-iso', '2026-05-01T12:00:00+0000 host web[12]: ', '2026-05-01T12:00:00+0000 host cart[13]: '],
    ['heroku', '2026-05-01T12:00:00.000000+00:00 app[web.1]: ', '2026-05-01T12:00:00.000000+00:00 app[cart.1]: '],
    [
      'syslog',
      '<134>1 2026-05-01T12:00:00.000Z host web 12 - - ',
      '<134>1 2026-05-01T12:00:00.000Z host cart 13 - [a b="c"] ',
    ],
  ])('reads spans of programs whose lines stand in turns: %s', async (_name, web, cart) => {
    const content = inTurns(log(spanOf('web', 1) + spanOf('web', 2), web), log(`ready\n${spanOf('cart', 3)}`, cart));
    for (const chunks of [[], [7], [64, 3]]) {
      const { table, issues, format } = await decode(content, { chunks });
      expect([table.spanCount, format]).toEqual([3, 'Node ConsoleSpanExporter, in a log']);
      expect(issues).toMatchObject([{ code: 'other-text', count: 1, firstAt: { line: 4 } }]);
    }
    const { table, format } = await decode(log(sampleLines(), web));
    expect([table.spanCount, format]).toEqual([40, 'OTLP JSON Lines, in a log']);
  });

  test('names places in the file where lines of containers stand in turns', async () => {
    const bad = spanOf('cart', 3).replace('kind: 2', 'kind: 9');
    const cut = spanOf('cart', 4).slice(0, 200);
    const content = inTurns(log(spanOf('web', 1) + spanOf('web', 2), 'web | '), log(`${bad}${cut}\n`, 'cart | '));
    const firstLine = (line: string, from = 0): number => content.split('\n').indexOf(line, from) + 1;
    const start = firstLine('cart | {');
    const { table, issues } = await decode(content);
    expect(table.spanCount).toBe(3);
    expect(issues.map(({ code, firstAt }) => [code, firstAt?.line])).toEqual([
      ['unknown-enum', start],
      ['damaged-span', firstLine('cart | {', start)],
    ]);
  });

  test('reads the lines of more containers than it tells apart', async () => {
    const logs = Array.from({ length: 300 }, (_, i) => log(spanOf(`s${i}`, i % 10), `s-${i} | `));
    const { table } = await decode(logs.join(''));
    expect(table.spanCount + table.problems.duplicates).toBe(300);
  });

  test('reads OTLP whose lines stand in the logs of several containers', async () => {
    const lines = sampleLines().trimEnd().split('\n');
    const content = lines.map((line, i) => `app-${i % 3} | ${line}\n`).join('');
    const { table, format, issues } = await decode(content, { chunks: [50] });
    expect([table.spanCount, format, issues]).toEqual([40, 'OTLP JSON Lines, in a container log', []]);
  });

  test('reads OTLP behind the level that a logger puts before it', async () => {
    const { table, issues, format } = await decode(log(sampleLines(), 'INFO: '));
    expect([table.spanCount, issues, format]).toEqual([40, [], 'OTLP JSON Lines, in a log']);
  });

  test('reads OTLP among the lines that java.util.logging puts before each record', async () => {
    const lines = sampleLines().trimEnd().split('\n');
    const resourceSpans = lines.flatMap((line) => JSON.parse(line).resourceSpans);
    for (const records of [lines, resourceSpans.map((each) => JSON.stringify(each))]) {
      const content = records.map((each) => `Jan 12, 2024 2:57:40 PM shop.Exporter export\nINFO: ${each}\n`).join('');
      const { table, issues } = await decode(content);
      expect(table.spanCount).toBe(40);
      expect(issues.map(({ code, count }) => [code, count])).toEqual([['other-text', records.length]]);
    }
  });
});

describe('PrefixedDecoder reads what stands behind prefixes', () => {
  const started = '[+] Running 2/2\n ✔ Container app-1  Created\nAttaching to app-1\n';
  const record = (level: string, message: string): string =>
    `May 01, 2024 12:00:00 PM shop.App main\n${level}: ${message}\n`;
  const otlp = sampleLines().trimEnd().split('\n');
  const indented = otlp.map((line) => `${JSON.stringify(JSON.parse(line), null, 2)}\n`).join('');
  const java = (others: number): string =>
    otlp.map((line) => record('INFO', line) + record('WARNING', 'slow').repeat(others)).join('');

  test.each([
    ['behind one other record', record('INFO', 'Server started') + java(0), 40, 'OTLP JSON Lines, in a log'],
    ['among many other records', java(50), 40, 'OTLP JSON Lines, in a log'],
    [
      'behind many that name the exporter',
      record('INFO', 'OtlpJsonLoggingSpanExporter is used').repeat(1000) + java(9),
      40,
      'OTLP JSON Lines, in a log',
    ],
    ['behind what compose says first', started + log(indented), 40, 'OTLP JSON Lines, in a container log'],
    ['behind images', ' app-1 Pulling fs layer\n'.repeat(90) + log(spanOf('a', 1)), 1],
    ['behind very many images', `${started}${' app-1 Pulling fs layer\n'.repeat(9000)}${log(spanOf('a', 1))}`, 1],
    [
      'behind what another tool collected',
      `2026-05-01T12:00:00Z building\n${LONG_LOG}${log(spanOf('a', 1) + spanOf('b', 2))}`,
      2,
    ],
    ['behind a list of steps', `[1/2] FROM node\n[2/2] COPY . .\n${LONG_LOG}${log(spanOf('a', 1), 'INFO: ')}`, 0],
  ])('%s', async (_where, content, spans, format = 'Node ConsoleSpanExporter, in a container log') => {
    for (const input of [{}, { chunks: [7] }, { chunks: [1000, 3] }, { isFile: true, pieceBytes: 1009 }]) {
      const decoded = await decode(content, input);
      expect(decoded.table.spanCount).toBe(spans);
      if (spans === 0) continue;
      expect(decoded.format).toBe(format);
      expect(decoded.issues.filter(({ code }) => code !== 'no-prefix').map(({ code }) => code)).toEqual(['other-text']);
    }
  });

  test('and takes nothing for a prefix where spans stand without any', async () => {
    const between = 'id   | name\na    | {\nworker-1 is {\n2026-05-01T12:00:00Z {\nERROR: {"a":1}\n';
    for (const content of [spanOf('a', 1) + between + spanOf('b', 2), between + spanOf('a', 1) + spanOf('b', 2)]) {
      const { table, format, issues } = await decode(content);
      expect([table.spanCount, format]).toEqual([2, 'Node ConsoleSpanExporter']);
      expect(issues).toMatchObject([{ code: 'other-text', count: 5 }]);
    }
    const lines = await decode(otlp.map((line) => `${line}\n${between}`).join(''));
    expect([lines.table.spanCount, lines.format]).toEqual([40, 'OTLP JSON Lines']);
  });
});

describe('UncolouredDecoder', () => {
  test('takes off the colours in which spans are printed', async () => {
    const plain = `\u001b[1mready\u001b[0m\n${spanOf('a', 1)}bye\n${spanOf('a', 2).replace('kind: 2', 'kind: 9')}`;
    const content = coloured(plain);
    expect(content).toContain("'service.name'\u001b[39m: \u001b[32m'a'\u001b[39m");
    for (const chunks of [[], [7], [1]]) {
      const { table, issues, format } = await decode(content, { chunks });
      expect([table.spanCount, format]).toEqual([2, 'Node ConsoleSpanExporter']);
      const byte = content.split('\n').slice(0, 17).join('\n').length + 1;
      expect(issues).toMatchObject([
        { code: 'unknown-enum', count: 1, firstAt: { line: 18, byte } },
        { code: 'other-text', count: 2, firstAt: { line: 1, byte: 0 } },
      ]);
    }
  });

  test('leaves other characters of control where they are', async () => {
    const content = `\u001b]0;title\u0007\u001b[2J\u001b[${'1;'.repeat(100)}m\n${coloured(spanOf('a', 1))}\u001b[`;
    for (const chunks of [[], [7], [1]]) {
      const { table, issues } = await decode(content, { chunks });
      expect([table.spanCount, issues.map(({ code, count }) => [code, count])]).toEqual([1, [['other-text', 2]]]);
    }
  });
});
