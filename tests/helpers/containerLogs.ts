import { text } from './otlpEncodings.ts';

const TIME = '2026-05-01T12:00:00.123456789Z';
/** Longer lines are kept in pieces. */
const PIECE = 1 << 14;

/** A program's output, as the kubelet keeps it. */
export function toCriLog(output: Uint8Array, stream = 'stdout'): Uint8Array {
  const lines = piecesOf(output).map(({ piece, isLast }) => `${TIME} ${stream} ${isLast ? 'F' : 'P'} ${piece}\n`);
  return bytesOf(lines.join(''));
}

/** As Docker's json-file driver keeps it. */
export function toDockerLog(output: Uint8Array, stream = 'stdout'): Uint8Array {
  const lines = piecesOf(output).map(({ piece, isLast }) => {
    const log = new TextDecoder().decode(bytesOf(isLast ? `${piece}\n` : piece));
    return `${JSON.stringify({ log, stream, time: TIME })}\n`;
  });
  return text(lines.join(''));
}

/** As a logger or a collector writes a record of JSON for each line. */
export function toJsonLog(output: Uint8Array): Uint8Array {
  const lines = new TextDecoder().decode(output).replace(/\n$/, '').split('\n');
  const record = (line: string, i: number): object => ({ time: TIME, level: 'INFO', msg: line, n: { id: `a\\"${i}` } });
  return text(lines.map((line, i) => `${JSON.stringify(record(line, i))}\n`).join(''));
}

/** As `jq --seq` writes lines of JSON. */
export function toTextSequence(lines: Uint8Array): Uint8Array {
  return text(new TextDecoder().decode(lines).replaceAll(/^(?!$)/gm, '\u001e'));
}

/** In letters that are bytes. */
function piecesOf(output: Uint8Array): { piece: string; isLast: boolean }[] {
  const lines = Buffer.from(output).toString('latin1').replace(/\n$/, '').split('\n');
  return lines.flatMap((line) => {
    const pieces = line.match(new RegExp(`.{1,${PIECE}}`, 'gs')) ?? [''];
    return pieces.map((piece, i) => ({ piece, isLast: i === pieces.length - 1 }));
  });
}

function bytesOf(letters: string): Uint8Array {
  return new Uint8Array(Buffer.from(letters, 'latin1'));
}
