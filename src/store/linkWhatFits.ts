import { formatInteger } from '../base/format.ts';
import { withMemory } from '../base/growable.ts';
import type { IssueLog } from '../base/issues.ts';
import { linkSpans } from './linkSpans.ts';
import type { RawDataset } from './rawDataset.ts';
import type { SpanTable } from './spanTable.ts';

/** `linkSpans`, and where there is no memory for all spans, of the first half, or a quarter and so on, with an Issue. */
export function linkWhatFits(raw: RawDataset, issues: IssueLog): SpanTable {
  const { spans } = raw;
  const found = spans.count;
  let table = withMemory(() => linkSpans(raw));
  while (table === null && spans.count > 0) {
    spans.cut(Math.floor(spans.count / 2));
    table = withMemory(() => linkSpans({ ...raw, isPartial: true }));
  }
  if (spans.count < found) {
    const leftOut = formatInteger(found - spans.count);
    const message = `There is no memory to put ${formatInteger(found)} spans together: the last ${leftOut} were left out.`;
    issues.add('not-assembled', 'error', message);
  }
  return table ?? linkSpans(raw);
}
