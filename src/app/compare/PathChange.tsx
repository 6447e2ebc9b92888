import { useMemo } from 'react';
import type { PathDiff } from '../../analyse/diff/model.ts';
import { formatInteger, formatPercentile } from '../../base/format.ts';
import { Diagram } from '../../diagram/Diagram.tsx';
import { bridge } from '../../layout/bridge.ts';
import { changeQuanta, printPart, totalsOf } from '../../layout/bridgeAmounts.ts';
import { structureWords } from '../../layout/structureWords.ts';
import { shownName } from '../../layout/text.ts';
import { keyed } from '../parts/keyed.ts';
import pane from '../parts/pane.module.css';
import { useSize } from '../parts/useSize.ts';
import { More, useLimit } from '../tabs/More.tsx';
import table from '../tabs/table.module.css';
import styles from './compare.module.css';
import { beforeAfter, changeAndRange, judgement, rangeText } from './compareWords.ts';
import { provenParts } from './shown.ts';

interface Props {
  readonly diff: PathDiff;
  readonly percentile: number;
}

/** One path: the change of its total, the bridge, what changed beyond chance, and apart from that its shape. */
export function PathChange({ diff, percentile }: Props) {
  const [box, { width }] = useSize();
  const scene = useMemo(() => (width === 0 ? null : bridge(diff, percentile, { width })), [diff, percentile, width]);
  const { name, total } = diff;
  return (
    <section ref={box} className={styles.change} aria-label={`What changed in ${shownName(name)}`}>
      <p className={styles.total}>
        <span>
          total {formatPercentile(percentile)} {beforeAfter(total)}
        </span>
        <strong>{changeAndRange(total)}</strong>
        <span data-verdict={total.verdict}>{judgement(total)}</span>
      </p>
      {scene !== null && <Diagram idPrefix="bridge" scene={scene} />}
      <Proven key={name} diff={diff} />
      <Structure diff={diff} />
    </section>
  );
}

function Proven({ diff }: { readonly diff: PathDiff }) {
  const { parts, scale } = useMemo(() => {
    const totals = totalsOf(diff.total);
    const quanta = new Map(changeQuanta(diff.parts, totals).map((each, index) => [diff.parts[index], each]));
    const { scale } = totals;
    const parts = provenParts(diff).map((part) => ({ part, printed: printPart(part, quanta.get(part) ?? 0, scale) }));
    return { parts, scale };
  }, [diff]);
  const [limit, more] = useLimit();
  const heading = <h3 className={`${pane.heading} ${styles.heading}`}>Changed beyond chance</h3>;
  if (parts.length === 0) {
    const why =
      diff.total.verdict === 'insufficient'
        ? 'Too few traces to judge any hop or boundary.'
        : 'No hop and no boundary changed by more than chance makes.';
    return (
      <>
        {heading}
        <p className={styles.text}>{why}</p>
      </>
    );
  }
  return (
    <>
      {heading}
      <table className={table.table} aria-label="Changed beyond chance">
        <thead>
          <tr>
            <th scope="col" className={table.words}>
              hop or boundary
            </th>
            <th scope="col">before, {scale.unit}</th>
            <th scope="col">after, {scale.unit}</th>
            <th scope="col">change</th>
            <th scope="col">95 % interval</th>
            <th scope="col" className={table.words}>
              judged
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.slice(0, limit).map(({ part, printed }) => (
            <tr key={`${part.of} ${part.name}`}>
              <th scope="row" className={table.wrap}>
                {shownName(part.name)}
              </th>
              <td>{printed.before}</td>
              <td>{printed.after}</td>
              <td>{printed.change}</td>
              <td>{rangeText(part, printed.scale)}</td>
              <td className={table.words} data-verdict={part.verdict}>
                {judgement(part)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <More shown={limit} total={parts.length} onMore={more} />
    </>
  );
}

/** New, gone, renamed: apart from what became slower. */
function Structure({ diff: { structure, rare } }: { readonly diff: PathDiff }) {
  const [limit, more] = useLimit();
  const sentences = [
    ...structure.map(structureWords),
    ...rare.map((change) => `${structureWords(change)} But so seldom that chance explains it.`),
  ];
  return (
    <>
      <h3 className={`${pane.heading} ${styles.heading}`}>
        Structure{sentences.length > 0 && ` · ${formatInteger(sentences.length)}`}
      </h3>
      {sentences.length === 0 ? (
        <p className={styles.text}>The same hops and boundaries before and after.</p>
      ) : (
        <ul className={styles.text} aria-label="Structure">
          {keyed(sentences.slice(0, limit), (sentence) => sentence).map(({ key, item }) => (
            <li key={key}>{item}</li>
          ))}
        </ul>
      )}
      <More shown={limit} total={sentences.length} onMore={more} />
    </>
  );
}
