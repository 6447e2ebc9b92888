import { rmSync } from 'node:fs';
import { writeVariant, type BenchFile, type BenchFiles, type PackedFiles } from './files.ts';
import { ratios } from './measure.ts';
import { readTable } from './readers.ts';
import { megabytesASecond, print, secondsOf, type Run } from './run.ts';
import { tableBytes } from './tableBytes.ts';
import type { VariantName } from './variants.ts';

/** P9 asks for a file of so many bytes; a small one is read by one thread anyway. */
const LARGE = 300e6;

/** P1 to P3, P6's store, P9: bytes to a span table, in a warm process, beside the usual ways. */
export async function measureIngest(run: Run, files: BenchFiles): Promise<void> {
  const { jsonl, json, protobuf, spans } = files;
  await assertSameSpans(files);
  const lines = await run.compare(
    `JSON Lines, ${megabytes(jsonl)}, file to result in a warm process`,
    // None of ours follows another of ours: it would find memory that the one before it has taken.
    {
      'Hopline table, one thread': () => secondsOf('Hopline table, one thread', jsonl, spans),
      'JSON.parse': () => secondsOf('JSON.parse', jsonl, spans),
      'Hopline table': () => secondsOf('Hopline table', jsonl, spans),
      'JSON.parse and walk': () => secondsOf('JSON.parse and walk', jsonl, spans),
      'Hopline table, one document': () => secondsOf('Hopline table', json, spans),
      'byte-sum': () => secondsOf('byte-sum', jsonl, null),
    },
    [megabytesASecond(jsonl)],
  );
  run.record('P1', ratios(lines['JSON.parse'], lines['Hopline table']), spans);
  run.record('P2', ratios(lines['JSON.parse and walk'], lines['Hopline table']), spans);
  if (jsonl.bytes >= LARGE) run.record('P9', ratios(lines['Hopline table, one thread'], lines['Hopline table']), spans);
  const records = await run.compare(
    `Protobuf, ${megabytes(protobuf)}, file to result in a warm process`,
    {
      'Hopline table': () => secondsOf('Hopline table', protobuf, spans),
      protobufjs: () => secondsOf('protobufjs', protobuf, spans),
      'protobufjs and walk': () => secondsOf('protobufjs and walk', protobuf, spans),
      'byte-sum': () => secondsOf('byte-sum', protobuf, null),
    },
    [megabytesASecond(protobuf)],
  );
  run.record('P3', ratios(records.protobufjs, records['Hopline table']), spans);
  run.record('P3 walk', ratios(records['protobufjs and walk'], records['Hopline table']), spans);
  const { bytes, strings } = tableBytes(await readTable(jsonl.path));
  print(
    `\nSpan table: ${(bytes / spans).toFixed(1)} bytes a span with all attributes, of which ${(strings / spans).toFixed(1)} are strings`,
  );
  run.record('P6 store', [bytes / spans], spans);
}

/** P1's other forms of the same traffic. */
export async function measureVariants(run: Run, spans: number, wanted: number): Promise<void> {
  for (const name of ['shuffled', 'unique', 'pretty'] as const satisfies readonly VariantName[]) {
    const file = writeVariant(run.folder, wanted, name);
    const rival = name === 'pretty' ? 'JSON.parse, documents' : 'JSON.parse';
    const times = await run.compare(
      `JSON Lines, ${name}, ${megabytes(file)}`,
      {
        'Hopline table': () => secondsOf('Hopline table', file, spans),
        'JSON.parse': () => secondsOf(rival, file, spans),
      },
      [megabytesASecond(file)],
    );
    run.record(`P1 ${name}`, ratios(times['JSON.parse'], times['Hopline table']), spans);
    rmSync(file.path);
  }
}

/** P10: compressed input beside its decompression alone. */
export async function measureCompressed(run: Run, { spans }: BenchFiles, { gzip, zstd }: PackedFiles): Promise<void> {
  const gunzipped = await run.compare(`gzip, ${megabytes(gzip)}`, {
    'Hopline table': () => secondsOf('Hopline table', gzip, spans),
    'gunzip alone': () => secondsOf('gunzip alone', gzip, null),
  });
  run.record('P10 gzip', ratios(gunzipped['Hopline table'], gunzipped['gunzip alone']), spans);
  if (zstd === null) return print('\nzstd was left out: there is no zstd command to compress with');
  const unpacked = await run.compare(`zstd, ${megabytes(zstd)}`, {
    'Hopline table': () => secondsOf('Hopline table', zstd, spans),
    'unzstd alone': () => secondsOf('unzstd alone', zstd, null),
  });
  run.record('P10 zstd', ratios(unpacked['Hopline table'], unpacked['unzstd alone']), spans);
}

/** Speed means nothing where the result is wrong. */
async function assertSameSpans({ jsonl, json, protobuf, spans, durations }: BenchFiles): Promise<void> {
  for (const { path } of [jsonl, json, protobuf]) {
    const table = await readTable(path);
    const sum = table.end.reduce((total, end, row) => total + end - table.start[row], 0);
    if (table.spanCount !== spans || sum !== durations)
      throw new Error(`${path}: ${table.spanCount} spans, ${sum} ns; wanted ${spans}, ${durations}`);
  }
}

function megabytes({ bytes }: BenchFile): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
