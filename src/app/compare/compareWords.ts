import type { Change, PathDiff, Shift } from '../../analyse/diff/model.ts';
import { formatPercentile, formatPreciseMs } from '../../base/format.ts';
import { rangeWords, signedMs, verdictWords } from '../../layout/changeWords.ts';
import { shownName } from '../../layout/text.ts';
import type { CompareState } from './compareStore.ts';
import type { Shown } from './shown.ts';

/** `▲ slower`, and in words where nothing is proven. */
export function judgement({ verdict }: Pick<Shift, 'verdict'>): string {
  return verdictWords(verdict) || 'no more than chance makes';
}

/** The same where there is little room. */
export function shortJudgement({ verdict }: Pick<Shift, 'verdict'>): string {
  return verdict === 'insufficient' ? 'too few traces' : verdictWords(verdict) || 'not proven';
}

/** `+3.6 ms (95 %: +2.9 to +4.3)`. */
export function shiftText(shift: Shift): string {
  const range = rangeWords(shift);
  return `${signedMs(shift.changeMs)} ms${range === '' ? '' : ` (95 %: ${range})`}`;
}

/** `47 → 50.6 ms`; with `~` where there are too few traces. */
export function beforeAfter({ beforeMs, afterMs, verdict }: Change): string {
  const unsure = verdict === 'insufficient' ? '~' : '';
  return `${unsure}${formatPreciseMs(beforeMs)} → ${unsure}${formatPreciseMs(afterMs)} ms`;
}

/** A row of the list, read aloud. */
export function pathName({ name, entry, total, structure }: PathDiff, isAmbiguous: boolean): string {
  const changes = structure.length > 0 ? [`${structure.length} of its structure changed`] : [];
  return [
    isAmbiguous ? `${shownName(name)} from ${shownName(entry)}` : shownName(name),
    beforeAfter(total),
    judgement(total),
    ...changes,
  ].join(', ');
}

/** What is said aloud: the reading by quarters, the result, an export. */
export function statusText({ reading, shown, announcement }: CompareState): string {
  if (reading !== null) {
    const { label, progress } = reading;
    if (progress === null) return `Comparing ${label}`;
    if (progress.stage === 'analysing') return `Analysing and comparing ${label}`;
    const quarters = progress.bytesTotal === 0 ? 0 : Math.floor((4 * progress.bytesRead) / progress.bytesTotal);
    return `Reading ${label}, ${quarters * 25} percent`;
  }
  if (announcement !== null) return announcement;
  return shown === null ? '' : resultText(shown);
}

function resultText({ sides, diff, path }: Shown): string {
  const at = formatPercentile(diff.percentile);
  const shown = diff.paths[path];
  const of =
    shown === undefined ? 'no request path is in both' : `${shownName(shown.name)} ${beforeAfter(shown.total)}`;
  return [
    `Compared ${sides.before} with ${sides.after} at ${at}: ${of}`,
    ...(shown ? [judgement(shown.total)] : []),
  ].join(', ');
}
