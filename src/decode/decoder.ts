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
