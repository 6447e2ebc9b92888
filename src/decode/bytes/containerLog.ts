import { Output } from './output.ts';
import { Parts } from './parts.ts';
import type { Bytes } from './readBytes.ts';

const NEWLINE = 0x0a;
const SPACE = 0x20;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
/** Time, stream, and whether the line ends here; tags may follow (kubernetes/cri-api, docs/cri-logging.md). */
const CRI = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) (stdout|stderr) ([FP])(?::\S*)?(?: |$)/;
const LONGEST_CRI_PREFIX = 100;
const DOCKER_START = '{"log":"';
/** Longer lines are cut by Docker into pieces of so many bytes (moby/moby, daemon/logger/copier.go). */
const DOCKER_PIECE = 1 << 14;
/** Of the beginning of a log; the first may be the rest of a line. */
const LINES_LOOKED_AT = 2;

const utf8 = new TextDecoder();
const latin = new TextDecoder('latin1');
const encoder = new TextEncoder();

/** What a line of the log holds of what a program printed. */
interface Piece {
  readonly stream: string;
  readonly bytes: Uint8Array;
  /** The program's line goes on in the stream's next piece. */
  readonly isOpen: boolean;
}

type PieceOf = (line: Uint8Array) => Piece | null;

export function isCriLog(head: Uint8Array): boolean {
  return hasPiece(head, criPiece);
}

/**
 * What a program in Kubernetes printed, out of the file that the node keeps of it, with the pieces of long lines joined.
 *
 *     2024-01-01T00:00:00.000000000Z stdout P {"resourceSpans":[{"res…
 *     2024-01-01T00:00:00.000000000Z stdout F ource": …]}                →   {"resourceSpans":[{"resource": …]}
 */
export function fromCriLog(bytes: Bytes, most: number): Bytes {
  return unwrapped(bytes, criPiece, most);
}

export function isDockerLog(head: Uint8Array): boolean {
  return hasPiece(head, dockerPiece);
}

/**
 * The same of Docker's json-file driver.
 *
 *     {"log":"{\"resourceSpans\": …]}\n","stream":"stdout","time":"2024-01-01T00:00:00.000000000Z"}
 */
export function fromDockerLog(bytes: Bytes, most: number): Bytes {
  return unwrapped(bytes, dockerPiece, most);
}

function criPiece(line: Uint8Array): Piece | null {
  const [prefix, stream, tag] = CRI.exec(latin.decode(line.subarray(0, LONGEST_CRI_PREFIX))) ?? [];
  if (prefix === undefined || stream === undefined) return null;
  return { stream, bytes: line.subarray(prefix.length), isOpen: tag === 'P' };
}

function dockerPiece(line: Uint8Array): Piece | null {
  if (latin.decode(line.subarray(0, DOCKER_START.length)) !== DOCKER_START) return null;
  const { log, stream } = parsed(utf8.decode(line));
  if (typeof log !== 'string' || (stream !== 'stdout' && stream !== 'stderr')) return null;
  const bytes = encoder.encode(log);
  const hasEnd = bytes.at(-1) === NEWLINE;
  return { stream, bytes: hasEnd ? bytes.subarray(0, -1) : bytes, isOpen: !hasEnd && bytes.length >= DOCKER_PIECE };
}

function parsed(line: string): { readonly log?: unknown; readonly stream?: unknown } {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function hasPiece(head: Uint8Array, pieceOf: PieceOf): boolean {
  let at = 0;
  for (let lines = 0; lines < LINES_LOOKED_AT; lines++) {
    const newline = head.indexOf(NEWLINE, at);
    if (pieceOf(head.subarray(at, newline < 0 ? head.length : newline)) !== null) return true;
    if (newline < 0) return false;
    at = newline + 1;
  }
  return false;
}

async function* unwrapped(bytes: Bytes, pieceOf: PieceOf, most: number): Bytes {
  const log = new Unwrapper(pieceOf, most);
  for await (const chunk of bytes) {
    const found = log.push(chunk);
    if (found.length > 0) yield found;
  }
  const rest = log.end();
  if (rest.length > 0) yield rest;
}

/**
 * Lines that are none of the log are handed on as they are, and so is what is longer than `most` bytes. Behind a line of
 * several pieces stand as many blank ones, so that lines are counted as in the file. What the program said on another
 * stream while it printed an object of several lines stands behind the object:
 *
 *     stdout  {                                   {
 *     stdout    "name": "GET /cart",                "name": "GET /cart",
 *     stderr  127.0.0.1 "GET /cart" 200           }
 *     stdout  }                               →   127.0.0.1 "GET /cart" 200
 */
class Unwrapper {
  readonly #pieceOf: PieceOf;
  readonly #most: number;
  readonly #line = new Parts();
  /** Lines of the program that go on. */
  readonly #open = new Map<string, Parts>();
  /** The stream that prints an object of several lines. */
  #printing: string | null = null;
  /** What others said meanwhile. */
  readonly #held = new Output();
  readonly #found = new Output();

  constructor(pieceOf: PieceOf, most: number) {
    this.#pieceOf = pieceOf;
    this.#most = most;
  }

  /** What is whole by now. */
  push(chunk: Uint8Array): Uint8Array {
    let at = 0;
    for (let newline = chunk.indexOf(NEWLINE); newline >= 0; newline = chunk.indexOf(NEWLINE, at)) {
      this.#line.add(chunk.subarray(at, newline));
      at = newline + 1;
      this.#endLine(1);
    }
    // A source may use its buffer again.
    this.#line.add(chunk.slice(at));
    if (this.#line.length > this.#most) this.#found.add(this.#line.take());
    return this.#found.take();
  }

  end(): Uint8Array {
    if (this.#line.length > 0) this.#endLine(0);
    this.#found.add(this.#held.take());
    for (const open of this.#open.values()) this.#found.add(open.take());
    return this.#found.take();
  }

  #endLine(lines: number): void {
    if (this.#line.length === 0) return this.#found.addByte(NEWLINE, lines);
    const line = this.#line.take();
    const piece = this.#pieceOf(line);
    if (piece === null) {
      this.#found.add(line);
      this.#found.addByte(NEWLINE, lines);
      return;
    }
    const open = this.#open.get(piece.stream) ?? new Parts();
    this.#open.set(piece.stream, open);
    open.add(piece.bytes);
    if (piece.isOpen && open.length <= this.#most) return;
    const { count } = open;
    this.#addLine(piece.stream, open.take(), count - 1 + lines);
  }

  #addLine(stream: string, line: Uint8Array, lines: number): void {
    const isHeld = this.#printing !== null && stream !== this.#printing;
    const to = isHeld ? this.#held : this.#found;
    to.add(line);
    to.addByte(NEWLINE, lines);
    if (!isHeld) this.#printing = isInObject(line, this.#printing !== null) ? stream : null;
    if (this.#printing === null || this.#held.length > this.#most) this.#found.add(this.#held.take());
  }
}

/** Whether an object or a list goes on behind a line: what is in one that is printed over several lines is indented. */
function isInObject(line: Uint8Array, isBefore: boolean): boolean {
  const [first] = line;
  if (isBefore) return first !== CLOSE_BRACE && first !== CLOSE_BRACKET;
  const last = line[line.findLastIndex((byte) => byte > SPACE)];
  return (
    (first === OPEN_BRACE || first === OPEN_BRACKET) && (last === OPEN_BRACE || last === OPEN_BRACKET || last === COMMA)
  );
}
