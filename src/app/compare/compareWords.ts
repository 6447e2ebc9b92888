import type { Change, PathDiff, PathPresence, Shift } from '../../analyse/diff/model.ts';
import { formatPercent, formatPercentile, formatPreciseMs } from '../../base/format.ts';
import { rangeWords, signedMs, verdictWords } from '../../layout/changeWords.ts';
import { nameBefore } from '../parts/words.ts';
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
    isAmbiguous ? `${nameBefore(name)} from ${nameBefore(entry)}` : nameBefore(name),
    beforeAfter(total),
    judgement(total),
    ...changes,
  ].join(', ');
}

/** A path that one side alone has: `GET /cart, entered at edge: 4% of requests`. */
export function presenceText({ name, entry, traffic }: PathPresence): string {
  return `${nameBefore(name)}, entered at ${nameBefore(entry)}: ${formatPercent(traffic.share)} of requests`;
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
    shown === undefined ? 'no request path is in both' : `${nameBefore(shown.name)} ${beforeAfter(shown.total)}`;
  return [
    `Compared ${nameBefore(sides.before)} with ${nameBefore(sides.after)} at ${at}: ${of}`,
    ...(shown ? [judgement(shown.total)] : []),
  ].join(', ');
}
