import type { Diff, PathPresence, Shift } from '../../analyse/diff/model.ts';
import { formatInteger, formatPercentile } from '../../base/format.ts';
import pane from '../parts/pane.module.css';
import styles from './compare.module.css';
import { beforeAfter, changeAndRange, judgement, overallTexts, presenceText } from './compareWords.ts';

/** So many paths of one side alone are named. */
const NAMED = 20;

interface Props {
  readonly diff: Diff;
  /** A side has more paths than are compared. */
  readonly isPartial: boolean;
}

/** All requests together: what the paths did apart from what was asked for, and the paths of one side alone. */
export function OverallChanges({ diff, isPartial }: Props) {
  const { overall, percentile, newPaths, gonePaths } = diff;
  const { within, mix } = overallTexts(overall);
  return (
    <section className={styles.overall} aria-label="All requests">
      <h3 className={pane.heading}>All requests · {formatPercentile(percentile)}</h3>
      <p>{beforeAfter(overall.total)}</p>
      <dl>
        <Row name="in total" text={changeAndRange(overall.total)} shift={overall.total} />
        <Row name="within the paths" text={within} shift={overall.within} />
        <Row name="by the mix of paths" text={mix} shift={overall.mix} />
      </dl>
      {isPartial && (
        <p className={styles.small}>
          There are too many paths to compare all of them: these numbers are of those with the most requests, and a path
          that seems new or gone may only be rarer.
        </p>
      )}
      <Presence heading="New request paths" paths={newPaths} />
      <Presence heading="Gone request paths" paths={gonePaths} />
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly text: string;
  readonly shift: Shift;
}

function Row({ name, text, shift }: RowProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {text}
        <br />
        <span className={styles.small} data-verdict={shift.verdict}>
          {judgement(shift)}
        </span>
      </dd>
    </div>
  );
}

function Presence({ heading, paths }: { readonly heading: string; readonly paths: readonly PathPresence[] }) {
  if (paths.length === 0) return null;
  const more = paths.length - NAMED;
  return (
    <>
      <h3 className={pane.heading}>{heading}</h3>
      <ul>
        {paths.slice(0, NAMED).map((path) => (
          <li key={`${path.entry}\n${path.name}`}>{presenceText(path)}</li>
        ))}
        {more > 0 && <li>and {formatInteger(more)} more</li>}
      </ul>
    </>
  );
}
