import type { Position, SourceReport } from '../sourceReport.ts';

/**
 * JSON documents with nothing of OTLP in them, among others that have it: one file may hold what two programs wrote. They
 * are told once there is OTLP; a source without any is another format, and that is said instead.
 */
export class OtherDocuments {
  #count = 0;
  #first: Position | null = null;

  add(at: Position): void {
    this.#first ??= at;
    this.#count++;
  }

  tell(report: SourceReport): void {
    if (this.#count === 0 || !report.isRecognised) return;
    const message = 'JSON documents that are no OTLP were passed over; another format belongs in a file of its own.';
    report.issue('other-document', 'warning', message, this.#first, this.#count);
    this.#count = 0;
    this.#first = null;
  }
}
