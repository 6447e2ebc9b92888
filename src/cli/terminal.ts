import type { Readable, Writable } from 'node:stream';

/** What a command touches of the process: real in main.ts, made by hand in tests. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  /** Environment variables: `GITHUB_STEP_SUMMARY`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The built `decodeThread.ts`, with which other cores share in reading. */
  readonly decodeThread?: string;
}

/** Resolves when it was taken, so that a command that has ended has also been read. */
export async function write(stream: Writable, content: string | Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.write(content, (error) => (error ? reject(error) : resolve()));
  });
}

/** Characters that are worth a write. */
const WRITTEN_AT_ONCE = 1 << 16;

/** The same of text that is made while it is written. */
export async function writePieces(stream: Writable, pieces: Iterable<string>): Promise<void> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < WRITTEN_AT_ONCE) continue;
    await write(stream, text);
    text = '';
  }
  if (text !== '') await write(stream, text);
}

/**
 * Names come from files: control characters would move the cursor, colour the screen or turn the line around. Line ends
 * and tabs count; joiners stay, because emoji and several scripts are written with them.
 */
export function printable(text: string): string {
  return text.replace(/(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
