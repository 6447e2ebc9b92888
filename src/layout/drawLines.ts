import type { PathView, RequestPath } from '../analyse/model.ts';
import { GEOMETRY } from '../config/geometry.ts';
import { printShare, printUnsure, type Amounts } from '../base/amounts.ts';
import type { LinePlan, Plan } from './fold.ts';
import { rect, text } from './marks.ts';
import type { Pill, PillWish } from './pills.ts';
import type { RoutedLine } from './route.ts';
import type { Mark, Part, SceneGroup } from './scene.ts';
import { cut, shownName, shownText } from './text.ts';

/** What the pill of each line says: "http 0.3", or "sql —" where nobody recorded what crossing it costs. */
export function pillWishes(plan: Plan, path: RequestPath, view: PathView, amounts: Amounts): PillWish[] {
  return plan.lines.map((line) => {
    const protocol = protocolOf(line, path);
    const cost = costOf(line, path, view, amounts);
    const shareMs = line.boundaries.reduce((sum, index) => sum + view.boundaries[index].shareMs, 0);
    const full = protocol === null ? cost : `${cut(protocol, 12)} ${cost}`;
    const short = cost === UNKNOWN && protocol !== null ? cut(protocol, 4) : cost;
    return { texts: full === short ? [full] : [full, short], priority: shareMs };
  });
}

export function drawLine(
  line: LinePlan,
  plan: Plan,
  routed: RoutedLine,
  pill: Pill | null,
  path: RequestPath,
  view: PathView,
  amounts: Amounts,
): SceneGroup {
  const boundaries = line.boundaries.map((index) => path.boundaries[index]);
  const traces = Math.max(...boundaries.map((boundary) => boundary.traces));
  const isOver = line.boundaries.some((index) => view.boundaries[index].verdict === 'over');
  const marks: Mark[] = [
    {
      type: 'path',
      points: routed.points,
      radius: 8,
      tone: isOver ? 'bad' : 'line',
      strokeWidth: 1 + Math.min(1, path.traces > 0 ? traces / path.traces : 0),
      ...(line.isDashed && { isDashed: true }),
    },
  ];
  if (pill) {
    const words = isOver ? ({ tone: 'bad', weight: 600 } as const) : ({ tone: 'dim' } as const);
    marks.push(
      rect(pill.x, pill.y, pill.width, pill.height, 'pill', { radius: pill.height / 2, role: 'pill' }),
      text(pill.x + pill.width / 2, pill.y + 12, GEOMETRY.pill.size, pill.text, { ...words, anchor: 'middle' }),
    );
  }
  return { part: partOf(line, plan, path), label: labelOf(line, path, view, amounts), marks };
}

const UNKNOWN = '—';

function protocolOf(line: LinePlan, path: RequestPath): string | null {
  const protocols = new Set(line.boundaries.map((index) => path.boundaries[index].protocol));
  const [protocol] = protocols;
  return protocols.size === 1 && protocol !== null ? shownText(protocol) : null;
}

function costOf(line: LinePlan, path: RequestPath, view: PathView, amounts: Amounts): string {
  const measured = line.boundaries.filter(
    (index) => path.boundaries[index].isMeasured && !path.boundaries[index].isAsync,
  );
  if (measured.length === 0) return UNKNOWN;
  const quanta = measured.reduce((sum, index) => sum + amounts.boundaries[index], 0);
  const shareMs = measured.reduce((sum, index) => sum + view.boundaries[index].shareMs, 0);
  return printUnsure(printShare(quanta, shareMs, amounts.scale), view.isResolved);
}

/** A line to or from a fold opens the fold; one that stands for a single boundary selects it. */
function partOf(line: LinePlan, plan: Plan, path: RequestPath): Part {
  const fold = [plan.boxes[line.from], plan.boxes[line.to]].find((box) => box.type === 'fold');
  if (fold && line.boundaries.length > 1) return { type: 'fold', layer: fold.layer, isOpen: false };
  const { from, to } = path.boundaries[line.boundaries[0]];
  return { type: 'boundary', from, to };
}

function labelOf(line: LinePlan, path: RequestPath, view: PathView, amounts: Amounts): string {
  const { isAsync, isAdopted, ...ends } = path.boundaries[line.boundaries[0]];
  const [from, to] = [shownName(ends.from), shownName(ends.to)];
  const cost = costOf(line, path, view, amounts);
  const facts = [
    line.boundaries.length === 1 ? `${from} to ${to}` : `${line.boundaries.length} boundaries, ${from} to ${to} first`,
    protocolOf(line, path),
    cost === UNKNOWN ? 'not measured' : `${cost} ${amounts.scale.unit}`,
    isAsync ? 'asynchronous' : null,
    isAdopted ? 'parent lost' : null,
  ];
  return facts.filter((fact) => fact !== null).join(', ');
}
