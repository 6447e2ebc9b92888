import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureAnalysis, measureOneTrace } from './analysis.ts';
import { measureCold, measureLinear, measureStart } from './cold.ts';
import { writeBenchFiles } from './files.ts';
import { measureCompressed, measureIngest, measureVariants } from './ingest.ts';
import { measureRivals } from './rivals.ts';
import { onSpans, print, Run, runChild } from './run.ts';
import type { ReaderName } from './readers.ts';

/**
 * `npm run bench -- [--spans 100000] [--runs 5] [--large] [--rivals FOLDER] [--no-browser]`: what Hopline costs beside
 * the usual ways to read, and every target beside its figure. Ratios first: they hold from machine to machine, seconds
 * do not. Files come from the page cache; a case in a process of its own is timed from that process's start, and its
 * memory is that process's high-water mark.
 */
const { values: flags } = parseArgs({
  allowNegative: true,
  options: {
    /** Sizes, each measured: `10000,100000,1000000`. */
    spans: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '5' },
    /** Ten times the spans of protobuf as well. */
    large: { type: 'boolean', default: false },
    rivals: { type: 'string' },
    browser: { type: 'boolean', default: true },
    /** Run one reader in this process and print what it cost: for the children. */
    child: { type: 'string' },
    file: { type: 'string' },
  },
});

const BUILDS = resolve(dirname(fileURLToPath(import.meta.url)), '..');
/** P11 asks for 100,000 traces; a small run measures as many as it has spans. */
const TRACES_OF_HOPS = 100_000;

if (flags.child !== undefined && flags.file !== undefined) await runChild(flags.child as ReaderName, flags.file);
else await runAll(flags.spans.split(',').map(Number), Number(flags.runs));

async function runAll(sizes: readonly number[], runs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hopline-bench-'));
  const run = new Run(folder, runs);
  try {
    print(
      `Hopline benchmark · Node ${process.versions.node} · ${availableParallelism()} cores (${cpus()[0]?.model.trim()})`,
    );
    for (const size of sizes) await runSize(run, size);
    await measureOneTrace(run);
    await measureStart(run, join(BUILDS, 'cli/hopline.mjs'));
    run.printFigures();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function runSize(run: Run, size: number): Promise<void> {
  const files = writeBenchFiles(run.folder, size);
  print(`\n── ${onSpans(files.spans)}`);
  await measureIngest(run, files);
  await measureVariants(run, files.spans, size);
  await measureCompressed(run, files);
  await measureCold(run, files);
  await measureAnalysis(run, files, Math.min(TRACES_OF_HOPS, size));
  if (flags.rivals !== undefined) await measureRivals(run, files, resolve(flags.rivals));
  if (flags.browser) {
    const { measureBrowser } = await import('./browser.ts');
    await measureBrowser(run, files, join(BUILDS, 'app'));
  }
  if (flags.large) await measureLinear(run, size);
}
