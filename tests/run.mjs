/**
 * `npm test`: everything that has to hold, one after the other, and a last line that counts it.
 * A check (format, lint …) counts as one test. Nothing stops at the first failure: one run shows all of them.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const reports = mkdtempSync(join(tmpdir(), 'hopline-test-'));
const vitestReport = join(reports, 'vitest.json');
const playwrightReport = join(reports, 'playwright.json');

/** `count` reads a report; a step without one passes or fails as a whole. */
const STEPS = [
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'dead code', command: ['knip', '--no-progress'] },
  { name: 'build of the page', command: ['vite', 'build', '--logLevel', 'warn'] },
  { name: 'build of the command line', command: ['vite', 'build', '--mode', 'cli', '--logLevel', 'warn'] },
  { name: 'build of the benchmark', command: ['vite', 'build', '--mode', 'bench', '--logLevel', 'warn'] },
  // To see that it runs, and what it says; what it measures on a shared machine is judged by nobody.
  { name: 'benchmark', command: [process.execPath, 'dist/bench/bench.mjs', '--spans', '10000', '--runs', '1'] },
  {
    name: 'tests',
    command: ['vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${vitestReport}`],
    count: countVitest,
  },
  {
    name: 'tests in the browser',
    command: ['playwright', 'test', '-c', 'tests/e2e', '--reporter=list,json'],
    count: countPlaywright,
  },
];

function countVitest() {
  const report = readJson(vitestReport);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function countPlaywright() {
  const { expected, flaky, unexpected, skipped } = readJson(playwrightReport).stats;
  return { passed: expected + flaky, failed: unexpected, skipped };
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Counts of one step. A tool that ended badly is a failure, whatever its report says. */
function run({ name, command: [tool, ...options], count }) {
  process.stdout.write(`\n── ${name}\n`);
  const started = Date.now();
  const { status } = spawnSync(resolve('node_modules/.bin', tool), options, {
    stdio: 'inherit',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
  });
  const isGood = status === 0;
  process.stdout.write(`── ${name}: ${isGood ? 'ok' : 'FAILED'}, ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  try {
    const counts = count?.() ?? { passed: Number(isGood), failed: Number(!isGood), skipped: 0 };
    return { ...counts, failed: isGood ? counts.failed : Math.max(1, counts.failed) };
  } catch (error) {
    process.stdout.write(`   no report: ${error.message}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const total = { passed: 0, failed: 0, skipped: 0 };
const failing = [];
for (const step of STEPS) {
  const counts = run(step);
  if (counts.failed > 0) failing.push(step.name);
  for (const key of Object.keys(total)) total[key] += counts[key];
}
rmSync(reports, { recursive: true, force: true });

if (failing.length > 0) process.stdout.write(`\nFailed: ${failing.join(', ')}\n`);
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
