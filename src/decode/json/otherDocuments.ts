import type { Position, SourceReport } from '../sourceReport.ts';

/**
 * JSON documents with nothing of the source's format in them, among others that have it: one file may hold what two
 * programs wrote. They are told once there is one of the format; a source without any is another format, and that is said
 * instead.
 */
export class OtherDocuments {
  readonly #format: string;
  #count = 0;
  #first: Position | null = null;

  /** `format` is its name for people. */
  constructor(format: string) {
    this.#format = format;
  }

  add(at: Position): void {
    this.#first ??= at;
    this.#count++;
  }

  tell(report: SourceReport): void {
    if (this.#count === 0 || !report.isRecognised) return;
    const message = `JSON documents that are no ${this.#format} were passed over; another format belongs in a file of its own.`;
    report.issue('other-document', 'warning', message, this.#first, this.#count);
    this.#count = 0;
    this.#first = null;
  }
}
