import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT } from './exit.ts';
import { fileError } from './fileSource.ts';
import { run } from './program.ts';

/** The page lies beside the command line: dist/app beside dist/cli. */
const pageFolder = join(dirname(fileURLToPath(import.meta.url)), '..', 'app');

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
  process.exitCode = await run(process.argv.slice(2), process, pageFolder);
} catch (error) {
  process.stderr.write(
    `hopline: this is a bug in Hopline, please report it\n${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = EXIT.bug;
}
