import { errorText } from '../base/errorText.ts';
import type { Issue } from '../base/issues.ts';
import { BytesBehindError, ChecksumError, DamagedError } from './bytes/readBytes.ts';

/** What is told where bytes did not end as they should; `reading` says of what: "Reading", "Reading an archive". */
export function endIssue(error: unknown, reading: string): Pick<Issue, 'code' | 'severity' | 'message'> {
  const reason = errorText(error);
  if (error instanceof ChecksumError)
    return { code: 'wrong-checksum', severity: 'error', message: `All of it was read, but ${reason}.` };
  if (error instanceof BytesBehindError)
    return {
      code: 'bytes-behind',
      severity: 'warning',
      message: `All of it was read; ${reason}, which was passed over.`,
    };
  const code = error instanceof DamagedError ? 'damaged' : 'unreadable';
  return { code, severity: 'error', message: `${reading} ended early: ${reason}. What came before was read.` };
}
