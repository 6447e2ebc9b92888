import type { Decoder } from './decoder.ts';
import type { Decoded, Refused } from './format.ts';
import type { Head } from './head.ts';
import type { SourceReport } from './sourceReport.ts';

/** How far reading has come, so that what is known is known after an error too. */
export interface Reading {
  readonly report: SourceReport;
  /** Names of the containers that were taken off, the outermost first. */
  readonly layers: string[];
  head: Head;
  format: Decoded | Refused | null;
  decoder: Decoder | null;
  /** As much was looked at as may be, to tell the format (`limits.sniffBytes`), and nothing was found that does. */
  isLong: boolean;
  /** Bytes given to the decoder. */
  position: number;
}
