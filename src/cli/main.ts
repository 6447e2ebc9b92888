import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT } from './exit.ts';
import { fileError } from './fileSource.ts';
import { run } from './program.ts';
import type { Terminal } from './terminal.ts';

/** dist/cli; the page lies beside it, in dist/app. */
const folder = dirname(fileURLToPath(import.meta.url));
const pageFolder = join(folder, '..', 'app');

const terminal: Terminal = {
  /** Opened by those who read it alone. */
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  decodeThread: join(folder, 'decodeThread.mjs'),
};

/** `hopline inspect … | head` closes the pipe when it has seen enough: that is no error. A full disk is, but no bug. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  process.stderr.write(`hopline: ${fileError(error, 'cannot write standard output').message}\n`);
  process.exit(EXIT.badInput);
});
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.badInput);
});

try {
  process.exitCode = await run(process.argv.slice(2), terminal, pageFolder);
} catch (error) {
  process.stderr.write(
    `hopline: this is a bug in Hopline, please report it\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = EXIT.bug;
}
