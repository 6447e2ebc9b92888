import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BenchFile, BenchFiles } from './files.ts';
import { ratios } from './measure.ts';
import { print, processCost, type ProcessCost, type Run } from './run.ts';

/**
 * P5: databases in a process of their own that do much less, quantiles of the durations by service and name. They are
 * no dependency: `--rivals FOLDER` says where `npm install chdb @duckdb/node-api` was run.
 */
const PROGRAMS = {
  ClickHouse: `
    const { query } = require('chdb');
    const rows = query(\`
      WITH JSONExtract(line, 'resourceSpans', 'Array(Tuple(resource Tuple(attributes Array(Tuple(key String, value Tuple(stringValue String)))), scopeSpans Array(Tuple(spans Array(Tuple(name String, startTimeUnixNano UInt64, endTimeUnixNano UInt64))))))') AS groups
      SELECT service, span.name, count(), quantiles(0.5, 0.95, 0.99)(span.endTimeUnixNano - span.startTimeUnixNano)
      FROM (
        SELECT arrayFirst(a -> a.key = 'service.name', g.resource.attributes).value.stringValue AS service,
               arrayJoin(arrayFlatten(arrayMap(s -> s.spans, g.scopeSpans))) AS span
        FROM (SELECT arrayJoin(groups) AS g FROM file(FILE, 'LineAsString', 'line String'))
      ) GROUP BY ALL\`.replace('FILE', "'" + process.argv[1] + "'"), 'TSV');
    if (!String(rows).includes('\\t')) throw new Error('no rows');
    done();`,
  DuckDB: `
    const { DuckDBInstance } = require('@duckdb/node-api');
    (async () => {
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      const result = await connection.runAndReadAll(\`
        SELECT service, span.name, count(*), quantile_cont(span.endTimeUnixNano::BIGINT - span.startTimeUnixNano::BIGINT, [0.5, 0.95, 0.99])
        FROM (
          SELECT list_filter(g.resource.attributes, a -> a.key = 'service.name')[1].value.stringValue AS service,
                 unnest(flatten(list_transform(g.scopeSpans, s -> s.spans))) AS span
          FROM (
            SELECT unnest(resourceSpans) AS g FROM read_json('\${process.argv[1]}', format = 'newline_delimited', maximum_object_size = 268435456,
              columns = {resourceSpans: 'STRUCT(resource STRUCT(attributes STRUCT("key" VARCHAR, "value" STRUCT(stringValue VARCHAR))[]), scopeSpans STRUCT(spans STRUCT("name" VARCHAR, startTimeUnixNano VARCHAR, endTimeUnixNano VARCHAR)[])[])[]'})
          )
        ) GROUP BY ALL\`);
      if (result.currentRowCount === 0) throw new Error('no rows');
      done();
    })();`,
} as const;

const DONE = `
  const done = () => {
    const kilobytes = /^VmHWM:\\s+(\\d+) kB$/m.exec(require('fs').readFileSync('/proc/self/status', 'utf8'))[1];
    process.stdout.write(JSON.stringify({ seconds: performance.now() / 1000, megabytes: kilobytes / 1024 }));
  };`;

export async function measureRivals(run: Run, { jsonl, spans }: BenchFiles, folder: string): Promise<void> {
  const costs = new Map<string, ProcessCost[]>();
  const costing = (name: string, cost: () => ProcessCost) => async (): Promise<number> => {
    const found = cost();
    costs.set(name, [...(costs.get(name) ?? []), found]);
    return found.seconds;
  };
  const names = (['ClickHouse', 'DuckDB'] as const).filter((name) => isThere(name, folder));
  const times = await run.compare('Databases, JSON Lines, each in a process of its own', {
    Hopline: costing('Hopline', () => processCost('Hopline numbers', jsonl, spans)),
    ...Object.fromEntries(names.map((name) => [name, costing(name, () => rivalCost(name, jsonl, folder))])),
  });
  const peaks = (name: string): number[] => (costs.get(name) ?? []).slice(-run.runs).map(({ megabytes }) => megabytes);
  for (const name of names) {
    run.record(`P5 ${name}`, ratios(times.Hopline, Reflect.get(times, name)), spans);
    print(`  ${name} takes ${peaks(name).at(-1)?.toFixed(0)} MB at its peak`);
    if (name === 'ClickHouse') run.record('P5 memory', ratios(peaks('Hopline'), peaks(name)), spans);
  }
}

function isThere(name: keyof typeof PROGRAMS, folder: string): boolean {
  const packageName = name === 'ClickHouse' ? 'chdb' : '@duckdb/node-api';
  try {
    createRequire(join(folder, 'package.json')).resolve(packageName);
    return true;
  } catch {
    print(`\n${name} was left out: ${packageName} is not installed in ${folder}`);
    return false;
  }
}

function rivalCost(name: keyof typeof PROGRAMS, { path }: BenchFile, cwd: string): ProcessCost {
  const program = `${DONE}${PROGRAMS[name]}`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', program, path], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
  return JSON.parse(stdout);
}
