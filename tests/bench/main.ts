import { parseArgs } from 'node:util';
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

// A child loads its reader and no more: what it costs is told from its start.
if (flags.child !== undefined && flags.file !== undefined) {
  const { runChild } = await import('./run.ts');
  await runChild(flags.child as ReaderName, flags.file);
} else {
  const { runAll } = await import('./runAll.ts');
  const { large, rivals, browser } = flags;
  await runAll({ sizes: flags.spans.split(',').map(Number), runs: Number(flags.runs), large, rivals, browser });
}
