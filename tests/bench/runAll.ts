import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatInteger } from '../../src/base/format.ts';
import { measureAnalysis, measureOneTrace } from './analysis.ts';
import { measureCold, measureLinear, measureStart } from './cold.ts';
import { writeBenchFiles, writePackedFiles } from './files.ts';
import { measureCompressed, measureIngest, measureVariants } from './ingest.ts';
import { releaseThreads } from './readers.ts';
import { measureRivals } from './rivals.ts';
import { print, Run } from './run.ts';

/** What `npm run bench` was asked for: see main.ts. */
export interface BenchOptions {
  readonly sizes: readonly number[];
  readonly runs: number;
  readonly large: boolean;
  readonly rivals: string | undefined;
  readonly browser: boolean;
}

const BUILDS = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
/** P11 asks for 100,000 traces; a small run measures as many as it has spans. */
const TRACES_OF_HOPS = 100_000;

/** Measures everything, and prints every target beside its figure. */
export async function runAll(options: BenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hopline-bench-'));
  const run = new Run(folder, options.runs);
  try {
    print(
      `Hopline benchmark · Node ${process.versions.node} · ${availableParallelism()} cores (${cpus()[0]?.model.trim()})`,
    );
    for (const size of options.sizes) await runSize(run, size, options);
    await measureOneTrace(run);
    await measureStart(run, join(BUILDS, 'cli/hopline.mjs'));
    run.printFigures();
  } finally {
    releaseThreads();
    rmSync(folder, { recursive: true });
  }
}

async function runSize(run: Run, size: number, { rivals, browser, large }: BenchOptions): Promise<void> {
  const files = writeBenchFiles(run.folder, size);
  const packed = await writePackedFiles(files);
  print(`\n── ${formatInteger(files.spans)} spans`);
  await measureIngest(run, files);
  await measureVariants(run, files.spans, size);
  await measureCompressed(run, files, packed);
  await measureCold(run, files);
  await measureAnalysis(run, files, Math.min(TRACES_OF_HOPS, size));
  if (rivals !== undefined) await measureRivals(run, files, resolve(rivals));
  if (browser) {
    const { measureBrowser } = await import('./browser.ts');
    await measureBrowser(run, files, packed, join(BUILDS, 'app'));
  }
  if (large) await measureLinear(run, size);
}
