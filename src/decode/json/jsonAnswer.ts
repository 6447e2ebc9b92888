import { isObject, parseJson, textOf } from '../items/jsonValue.ts';
import { serverWords } from '../serverWords.ts';
import type { SourceReport } from '../sourceReport.ts';
import type { JsonTokens } from './jsonTokens.ts';

const decoder = new TextDecoder();
/** One of these says that an `error` is a server's: gRPC-Gateway's and Jaeger's. Logs have texts and other objects there. */
const CODES = ['grpc_code', 'http_code', 'httpCode', 'code'];

/**
 * What a server says of its answer, beside the traces in it or instead of them:
 *
 *     {"error":{"httpCode":404,"message":"trace not found"}}                 Jaeger api_v3, in a stream the last one too
 *     {"trace":{…},"status":"PARTIAL","message":"trace exceeds max size"}    Tempo v2
 */
export class JsonAnswer {
  readonly #tokens: JsonTokens;
  readonly #report: SourceReport;
  #isPartial = false;
  #message = '';

  constructor(tokens: JsonTokens, report: SourceReport) {
    this.#tokens = tokens;
    this.#report = report;
  }

  open(): void {
    this.#isPartial = false;
    this.#message = '';
  }

  /** Reads the `error` at the cursor, an object; false where it is none of a server. */
  readError(): boolean {
    const { cursor } = this.#tokens;
    const at = cursor.position();
    const start = cursor.pos;
    this.#tokens.skip();
    const text = decoder.decode(cursor.bytes.subarray(start, cursor.pos));
    const message = errorMessage(text);
    if (message === null) return false;
    this.#report.issue('answer-error', 'error', `The server answered with an error: ${serverWords(message)}.`, at);
    return true;
  }

  readStatus(): void {
    this.#isPartial = this.#tokens.scalarText() === 'PARTIAL';
  }

  readMessage(): void {
    this.#message = this.#tokens.scalarText() ?? '';
  }

  /** At the end of an answer with traces in it. */
  close(): void {
    if (!this.#isPartial) return;
    this.#report.partialAnswer(this.#message, this.#tokens.cursor.position());
    this.open();
  }
}

function errorMessage(text: string): string | null {
  try {
    const error = parseJson(text);
    if (!isObject(error) || !CODES.some((code) => typeof error[code] === 'number')) return null;
    return textOf(error['message']);
  } catch {
    return null;
  }
}
