/**
 * What turns the bytes of one format into spans. Bytes come in chunks of any size; a decoder keeps what it could not
 * use yet. Bad input becomes Issues: none of these throws on it.
 */
export interface Decoder {
  push(chunk: Uint8Array): void;
  /** What was pushed so far ends a whole message: the next byte begins a new one. */
  endMessage(): void;
  /** There is nothing more to come. */
  finish(): void;
  /** Set where reading on is pointless: nothing recognisable in `limits.sniffBytes`, or damage that hides what follows. */
  readonly isDone: boolean;
  /** In words, as far as it is known: "OTLP JSON", "OTLP JSON Lines". */
  readonly format: string;
}

/** How far a decoder has come. */
export interface Passed {
  readonly bytes: number;
  /** Line feeds; 0 where the format has no lines. */
  readonly lines: number;
  /** Messages that were begun: documents, requests. */
  readonly messages: number;
}

/** A decoder that goes on behind bytes which are not for it. */
export interface SkippingDecoder extends Decoder {
  /** What comes next stands so much further on. */
  skip(passed: Passed): void;
}

/** A decoder of a format whose messages stand alone, so that some can be decoded elsewhere (pool/chunkedDecoder.ts). */
export interface CuttableDecoder extends SkippingDecoder {
  readonly passed: Passed;
  /** Brings all that was pushed into the sink; true where it ends a message, with nothing kept or open. */
  settle(): boolean;
  /** After `settle` was true: what comes next was decoded elsewhere, and is in the sink already. */
  skip(passed: Passed): void;
  /**
   * The last place in `bytes` where a message may end; 0 where there is none. It may be a guess: `settle` tells.
   * `isStart` says whether the first byte begins a message.
   */
  lastCut(bytes: Uint8Array, isStart: boolean): number;
  /**
   * The first place in `bytes` where a message may end, whatever stands before them; 0 where there is none. Absent where
   * that cannot be seen without having read from the beginning.
   */
  firstCut?(bytes: Uint8Array): number;
}

export function isCuttable(decoder: Decoder): decoder is CuttableDecoder {
  return 'lastCut' in decoder;
}
