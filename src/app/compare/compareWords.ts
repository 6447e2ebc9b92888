import type { Change, OverallChange, PathDiff, PathPresence, Shift } from '../../analyse/diff/model.ts';
import { printQuanta, type Scale } from '../../base/amounts.ts';
import { formatPercent, formatPercentile } from '../../base/format.ts';
import { amountText, changeQuanta, signed, signedIn, totalsOf } from '../../layout/bridgeAmounts.ts';
import { verdictWords } from '../../layout/changeWords.ts';
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

/** `47.0 → 50.6 ms`, as the picture has it; with `~` where there are too few traces. */
export function beforeAfter(change: Change): string {
  const { before, after, scale } = totalsOf(change);
  const unsure = change.verdict === 'insufficient' ? '~' : '';
  return `${unsure}${printQuanta(before, scale, true)} → ${unsure}${printQuanta(after, scale, true)} ${scale.unit}`;
}

/** `+3.6`: what leads from the one to the other, in every digit. */
export function changeText(change: Change): string {
  const { before, after, scale } = totalsOf(change);
  return amountText(signed(after - before), scale);
}

/** `+3.6 ms (95 %: +2.9 to +4.3)`. */
export function changeAndRange(change: Change): string {
  const { before, after, scale } = totalsOf(change);
  return shiftText(after - before, change, scale);
}

/** All requests: in total, within the paths and by their mix; the latter two add up to the first. */
export function overallTexts({ total, within, mix }: OverallChange): { readonly within: string; readonly mix: string } {
  const totals = totalsOf(total);
  const [ofWithin, ofMix] = changeQuanta([within, mix], totals);
  return { within: shiftText(ofWithin, within, totals.scale), mix: shiftText(ofMix, mix, totals.scale) };
}

function shiftText(quanta: number, shift: Shift, scale: Scale): string {
  const range = rangeText(shift, scale);
  return `${amountText(signed(quanta), scale)} ${scale.unit}${range === '' ? '' : ` (95 %: ${range})`}`;
}

/** The 95 % interval, `+2.9 to +4.3`; empty where there is none. */
export function rangeText({ interval }: Pick<Shift, 'interval'>, scale: Scale): string {
  const { lowMs = null, highMs = null } = interval ?? {};
  return lowMs === null || highMs === null ? '' : `${signedIn(lowMs, scale)} to ${signedIn(highMs, scale)}`;
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
