import { copyFileSync, existsSync, linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InspectReport } from '../../src/analyse/inspectReport.ts';
import { decode } from '../helpers/otlpDecode.ts';
import { tableContent } from '../helpers/otlpTable.ts';
import { runCli } from '../helpers/runCli.ts';

const DEMO = 'fixtures/demo.otlp.jsonl.gz';
const SMALL = 'fixtures/no-edge.otlp.jsonl';
const HOTEL = '../shared/data/traceweaver_hotel_load100.tar.gz';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopline-export-'));
  // Beside the demo lies a config, beside what is written none.
  writeFileSync(join(folder, 'none.yaml'), 'theme: auto\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** All but where things were found: in the other file they stand elsewhere. */
async function report(...args: readonly string[]): Promise<Omit<InspectReport, 'issues'>> {
  const { stdout } = await runCli(['inspect', '--json', '--config', join(folder, 'none.yaml'), ...args]);
  const { issues: _, ...rest }: InspectReport = JSON.parse(stdout);
  return rest;
}

async function traceIds(content: string | Uint8Array): Promise<string[]> {
  return tableContent((await decode(content)).table).traces.map(({ traceId }) => traceId);
}

describe('hopline export', () => {
  test.each(['otlp-json', 'otlp-proto'])(
    'writes %s that gives the same numbers again',
    async (format) => {
      const output = join(folder, `again.${format}`);
      expect(await runCli(['export', DEMO, '--format', format, '-o', output])).toEqual({
        code: 0,
        stdout: '',
        stderr: '',
      });
      expect(await report(output)).toEqual(await report(DEMO));
    },
    120_000,
  );

  test('writes to standard output what it writes to a file', async () => {
    const output = join(folder, 'traces.jsonl');
    await runCli(['export', SMALL, '-o', output]);
    const { stdout } = await runCli(['export', SMALL]);
    expect(stdout).toBe(readFileSync(output, 'utf8'));
    expect((await runCli(['export', '-', '-o', '-'], readFileSync(SMALL))).stdout).toBe(stdout);
  });

  test('writes the traces that are asked for by their ids, however often and in whatever letters', async () => {
    const [first, second, third] = await traceIds(readFileSync(SMALL));
    const asked = ['--trace', third.toUpperCase(), '-t', first.slice(0, 20), '-t', first];
    const { stdout } = await runCli(['export', SMALL, ...asked]);
    expect(await traceIds(stdout)).toEqual([first, third]);
    expect(stdout).not.toContain(second);
    expect(stdout.trimEnd()).not.toContain('\n');
  });

  test('finds a padded id of 8 bytes by the digits that the picture shows, and a whole id before a beginning', async () => {
    const ids = ['a3ce929d0e0e4736', 'a3ce92ff0e0e4736', '2a', '2a00000000000001'];
    const zipkin = ids.map((id) => ({
      traceId: id.padStart(16, '0'),
      id: '1',
      name: 'get',
      timestamp: 1,
      duration: 1,
    }));
    const found = async (...asked: readonly string[]) => {
      const args = asked.flatMap((id) => ['--trace', id]);
      return traceIds((await runCli(['export', '-', ...args], JSON.stringify(zipkin))).stdout);
    };
    expect(await found('a3ce929d', 'A3CE92FF0E0E4736')).toEqual(ids.slice(0, 2).map((id) => id.padStart(32, '0')));
    expect(await found('2a')).toEqual(['2a'.padStart(32, '0')]);
    expect(await found('2a0')).toEqual(['2a00000000000001'.padStart(32, '0')]);
  });

  test('writes the traces of a request path, and those of ids besides', async () => {
    const { paths } = await report(DEMO);
    const [name, rare] = [paths[0].name, paths.at(-1)?.name ?? ''];
    const output = join(folder, 'path.jsonl');
    await runCli(['export', DEMO, '--path', rare, '-o', output]);
    const written = await report(output);
    expect(written.paths).toEqual(paths.filter((path) => path.name === rare));
    const [id] = await traceIds((await runCli(['export', DEMO, '--path', name])).stdout);
    await runCli(['export', DEMO, '--path', rare, '--trace', id, '-o', output]);
    expect((await report(output)).traces).toBe(written.traces + 1);
  }, 120_000);

  test('names paths as the config beside the input does', async () => {
    const config = join(folder, 'names.yaml');
    const [{ name }] = (await report(SMALL)).paths;
    writeFileSync(config, JSON.stringify({ groups: { everything: [name] } }));
    const grouped = await runCli(['export', SMALL, '--path', 'everything', '--config', config]);
    expect(grouped).toMatchObject(await runCli(['export', SMALL, '--path', name]));
  });

  test('refuses to overwrite what it reads under another name', async () => {
    const [original, link] = [join(folder, 'original.jsonl'), join(folder, 'link.jsonl')];
    copyFileSync(SMALL, original);
    linkSync(original, link);
    const { code, stderr } = await runCli(['export', original, '-o', link]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${link} is an input`);
    expect(readFileSync(original).equals(readFileSync(SMALL))).toBe(true);
  });

  test.each([
    [['--trace', 'f00'], 'there is no trace "f00" in the input'],
    [['--trace', 'xyz'], 'there is no trace "xyz" in the input'],
    [['--path', 'GET /nothing'], 'there is no request path "GET /nothing"'],
    [['--format', 'csv'], 'Allowed choices are otlp-json, otlp-proto.'],
    [['-o', SMALL], `${SMALL} is an input: choose another name for the output`],
    [['-o', 'missing/traces.jsonl'], 'cannot write missing/traces.jsonl: no such file or folder'],
  ])('refuses %j: %s', async (options, message) => {
    const { code, stdout, stderr } = await runCli(['export', SMALL, ...options]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('refuses the beginning of several ids', async () => {
    const ids = await traceIds(readFileSync(SMALL));
    const shared = ids.map((id) => id.slice(0, 1)).find((digit, i, digits) => digits.indexOf(digit) < i) ?? '';
    expect(await runCli(['export', SMALL, '--trace', shared])).toEqual({
      code: 2,
      stdout: '',
      stderr: `hopline: several trace ids begin with "${shared}": write more of it\n`,
    });
  });

  test('says what was damaged, and writes the rest', async () => {
    const { code, stdout, stderr } = await runCli(
      ['export', '-'],
      `${readFileSync(SMALL, 'utf8')}{"resourceSpans":[{"sco\n`,
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/^hopline: standard input/);
    expect(await traceIds(stdout)).toEqual(await traceIds(readFileSync(SMALL)));
  });
});

test.skipIf(!existsSync(HOTEL))(
  'hopline export makes OTLP of a thousand Jaeger files in an archive',
  async () => {
    const output = join(folder, 'hotel.pb');
    await runCli(['export', HOTEL, '--format', 'otlp-proto', '-o', output]);
    expect(await report(output)).toEqual(await report(HOTEL));
  },
  120_000,
);
