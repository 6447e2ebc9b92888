import type { Decoder } from './decoder.ts';
import type { Head } from './head.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { SourceReport } from './sourceReport.ts';

/** A format of traces that is read. To add one: a file with its Decoder, and a line in FORMATS. */
export interface Decoded {
  /** By the bytes alone, never by the source's name. */
  matches(head: Head): boolean;
  /** The first bytes say so little that those of a log may be like them, which is looked into further (lookOn.ts). */
  readonly mayBeLog?: boolean;
  /** The kernel is the decoder's until it is finished. */
  readonly open: (report: SourceReport, kernel: Kernel | null) => Decoder;
}

/** A format that is not read, and what to do about it: "{what}; {advice}". */
export interface Refused {
  readonly name: string;
  /** "this is a SkyWalking segment". */
  readonly what: string;
  readonly advice: string;
  /** As above. */
  readonly mayBeLog?: boolean;
  matches(head: Head): boolean;
}
