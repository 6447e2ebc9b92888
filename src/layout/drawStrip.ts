import { scaleLinear, type ScaleLinear } from 'd3';
import type { Exemplar, Hop, PathView, RequestPath } from '../analyse/model.ts';
import { leftToRight } from '../base/leftToRight.ts';
import { shortTraceId } from '../base/traceIds.ts';
import { GEOMETRY } from '../config/geometry.ts';
import { LAYERS, type Layer } from '../config/layers.ts';
import { printMs, printQuanta, printUnsure, type Amounts, type Scale } from '../base/amounts.ts';
import { nameOf } from './drawBox.ts';
import { DIM, HEADING, line, rect, text } from './marks.ts';
import type { Mark, SceneGroup } from './scene.ts';
import { barsOf, tintsOf, type Bar } from './stripBars.ts';
import { shownName, textWidth } from './text.ts';

/**
 * Where the total goes, in a real trace: a lane for each layer, a bar for each stretch of path time, a dotted drop
 * where the request changes layers. Time on a boundary is a thin bar in the lane that it leaves.
 *
 *     edge     ██████╶┐                     ┌╴███
 *     service         └╴███┐      ┌╴██████████
 *     data                 └╴█████┘
 *              0          10        20        30    47 ms
 */
export interface Strip {
  readonly groups: readonly SceneGroup[];
  readonly bottom: number;
}

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly isNarrow: boolean;
}

/** What is there is seen. */
const LEAST_BAR = 0.75;

export function drawStrip(
  path: RequestPath,
  view: PathView,
  exemplar: Exemplar,
  amounts: Amounts,
  frame: Frame,
): Strip {
  const { strip } = GEOMETRY;
  const lanes = LAYERS.filter((layer) => path.hops.some((hop) => hop.layer === layer && !hop.isAsync));
  const from = frame.left + (frame.isNarrow ? strip.narrowLabels : strip.labels);
  const laneY = new Map(lanes.map((layer, index) => [layer, frame.top + 26 + index * strip.pitch] as const));
  const bottom = frame.top + 24 + lanes.length * strip.pitch;
  // A trace without duration is a point at the left.
  const at = scaleLinear([0, exemplar.totalMs > 0 ? exemplar.totalMs : 1], [from, frame.right]);
  const bars = barsOf(path, exemplar.segments, at);
  return {
    groups: [
      {
        part: null,
        label: null,
        marks: [headingMark(view, amounts, frame), ...axisMarks(exemplar, amounts, frame, bottom, at)],
      },
      captionGroup(exemplar, amounts, frame),
      {
        part: null,
        label: null,
        marks: lanes.flatMap((layer) => laneMarks(layer, bars, laneY.get(layer) ?? 0, frame)),
      },
      { part: null, label: null, marks: dropMarks(bars, laneY) },
      ...barGroups(bars, path, view, amounts.scale, laneY, frame.right),
    ],
    bottom: bottom + 20,
  };
}

function headingMark(view: PathView, amounts: Amounts, frame: Frame): Mark {
  const total = `${printUnsure(printQuanta(amounts.total, amounts.scale), view.isResolved)} ${amounts.scale.unit}`;
  return text(frame.left, frame.top, 11, `WHERE THE ${total} GO`, HEADING);
}

function captionGroup(exemplar: Exemplar, { scale }: Amounts, frame: Frame): SceneGroup {
  const total = `${printMs(exemplar.totalMs, scale)} ${scale.unit}`;
  const words =
    exemplar.traceId === null ? `a real trace of ${total}` : `trace ${shortTraceId(exemplar.traceId)} · ${total}`;
  return {
    part: exemplar.trace === null ? null : { type: 'exemplar' },
    label: exemplar.trace === null ? null : `Open the trace shown here, ${total}`,
    marks: [text(frame.right, frame.top, 11.5, words, { ...DIM, anchor: 'end' })],
  };
}

/** About one tick in 200 px; no label so near the end that it would touch the total's. */
function axisMarks(
  exemplar: Exemplar,
  { scale }: Amounts,
  frame: Frame,
  bottom: number,
  at: ScaleLinear<number, number>,
): Mark[] {
  const end = `${printMs(exemplar.totalMs, scale)} ${scale.unit}`;
  const lastLabel = frame.right - textWidth(end, 10) - 10;
  const wanted = Math.max(1, Math.floor((frame.right - at(0)) / 200));
  const ticks = at.ticks(wanted).filter((tick) => tick === 0 || tick < exemplar.totalMs);
  const marks = ticks.flatMap((tick) => {
    const x = at(tick);
    const label = printMs(tick, scale);
    const rule = line(x, frame.top + 14, x, bottom, 'grid', 1);
    if (x + textWidth(label, 10) / 2 >= lastLabel) return [rule];
    return [rule, text(x, bottom + 16, 10, label, { ...DIM, anchor: 'middle' })];
  });
  marks.push(line(frame.right, frame.top + 14, frame.right, bottom, 'grid', 1));
  marks.push(text(frame.right, bottom + 16, 10, end, { ...DIM, anchor: 'end' }));
  return marks;
}

function laneMarks(layer: Layer, bars: readonly Bar[], y: number, frame: Frame): Mark[] {
  const { bar } = GEOMETRY.strip;
  const marks: Mark[] = [
    text(frame.left, y + 13, 11, layer, { weight: 600 }),
    line(
      frame.left + (frame.isNarrow ? GEOMETRY.strip.narrowLabels : GEOMETRY.strip.labels),
      y + bar + 4,
      frame.right,
      y + bar + 4,
      'grid',
      1,
    ),
  ];
  const own = bars.filter((candidate) => candidate.layer === layer);
  const [first, last] = [own[0], own.at(-1)];
  if (first && last) marks.push(rect(first.x1, y + bar / 2 - 1, last.x2 - first.x1, 2, layer, { opacity: 0.35 }));
  return marks;
}

function dropMarks(bars: readonly Bar[], laneY: ReadonlyMap<Layer, number>): Mark[] {
  const { bar } = GEOMETRY.strip;
  const marks: Mark[] = [];
  let lastX = -Infinity;
  bars.slice(1).forEach((next, index) => {
    const before = bars[index];
    const [a, b] = [laneY.get(before.layer) ?? 0, laneY.get(next.layer) ?? 0];
    if (a === b || next.x1 - lastX < 1) return;
    lastX = next.x1;
    marks.push(line(next.x1, Math.min(a, b) + bar, next.x1, Math.max(a, b), 'dim', 1, true));
  });
  return marks;
}

function barGroups(
  bars: readonly Bar[],
  path: RequestPath,
  view: PathView,
  scale: Scale,
  laneY: ReadonlyMap<Layer, number>,
  right: number,
): SceneGroup[] {
  const { bar: height } = GEOMETRY.strip;
  const tints = tintsOf(path, view);
  const barCount = new Map<number, number>();
  for (const { hop } of bars) if (hop !== null) barCount.set(hop, (barCount.get(hop) ?? 0) + 1);
  return bars.map((bar) => {
    const y = laneY.get(bar.layer) ?? 0;
    if (bar.hop === null) {
      const { from, to } = path.boundaries[bar.boundary ?? 0];
      const mark = rect(
        Math.min(bar.x1, right - LEAST_BAR),
        y + height / 2 - 2,
        Math.max(bar.x2 - bar.x1, LEAST_BAR),
        4,
        'dim',
      );
      return { part: { type: 'boundary', from, to }, label: null, marks: [mark] };
    }
    const hop = path.hops[bar.hop];
    const tone = view.hops[bar.hop].verdict === 'over' ? 'bad' : hop.layer;
    const tint = tints[bar.hop];
    const width = Math.max(bar.x2 - bar.x1 - 1, LEAST_BAR);
    const x = Math.min(bar.x1 + 0.5, right - width);
    const shape = { radius: Math.min(3, width / 2) };
    const marks: Mark[] = [rect(x, y, width, height, tint === 1 ? tone : 'background', shape)];
    if (tint < 1)
      marks.push(rect(x, y, width, height, tone, { ...shape, opacity: tint }), rect(x, y + height - 2, width, 2, tone));
    const label = barLabel(
      hop,
      barCount.get(bar.hop) === 1 ? `${printMs(bar.ms, scale)} ${scale.unit}` : null,
      width - 5,
    );
    if (label !== '') {
      marks.push(
        text(x + width / 2, y + 13, 10, label, { weight: 600, anchor: 'middle', tone: tint === 1 ? 'onFill' : 'text' }),
      );
    }
    return { part: { type: 'hop', id: hop.id }, label: null, marks };
  });
}

/** The fullest of these that fits: "postgres · primary  18 ms", "postgres · primary", "postgres". */
function barLabel(hop: Hop, time: string | null, width: number): string {
  const id = shownName(hop.id);
  const short = nameOf(hop).name.split(' / ').at(-1) ?? '';
  const shortest = short.split(/[./]/).at(-1) ?? '';
  const labels = [...(time === null ? [] : [`${leftToRight(id)}  ${time}`]), id, short, shortest];
  return labels.find((label) => textWidth(label, 10) <= width) ?? '';
}
