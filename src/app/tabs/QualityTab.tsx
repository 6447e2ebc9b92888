import { formatInteger } from '../../base/format.ts';
import { findings } from '../state/quality.ts';
import { keyed } from '../parts/keyed.ts';
import hidden from '../parts/hidden.module.css';
import { useHopline } from '../state/hoplineStore.ts';
import { More, useLimit } from './More.tsx';
import styles from './table.module.css';

const SEVERITY_WORDS = { error: '▲ error', warning: '◆ warning', info: '· note' } as const;

export function QualityTab() {
  const opened = useHopline(({ opened }) => opened);
  const [limit, more] = useLimit();
  if (opened?.type !== 'traces')
    return <p className={styles.empty}>A saved diagram does not say how its traces were read.</p>;
  const rows = findings(opened);
  return (
    <div className={styles.columns}>
      <div>
        <table className={styles.table}>
          <caption className={hidden.visually}>Sources</caption>
          <thead>
            <tr>
              <th scope="col" className={styles.words}>
                source
              </th>
              <th scope="col" className={styles.words}>
                format
              </th>
              <th scope="col">bytes</th>
              <th scope="col">spans</th>
            </tr>
          </thead>
          <tbody>
            {keyed(opened.dataset.sources.slice(0, limit), ({ name }) => name).map(
              ({ key, item: { name, format, bytes, spans } }) => (
                <tr key={key}>
                  <th scope="row" className={`${styles.long} ${styles.tail}`} title={name}>
                    <bdi>{name}</bdi>
                  </th>
                  <td className={styles.words}>{format}</td>
                  <td>{formatInteger(bytes)}</td>
                  <td>{formatInteger(spans)}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
        <More shown={limit} total={opened.dataset.sources.length} onMore={more} />
      </div>
      {rows.length === 0 ? (
        <p className={styles.empty}>Nothing had to be repaired or left out.</p>
      ) : (
        <table className={styles.table}>
          <caption className={hidden.visually}>What was repaired or left out</caption>
          <thead>
            <tr>
              <th scope="col" className={styles.words}>
                severity
              </th>
              <th scope="col" className={styles.words}>
                what
              </th>
              <th scope="col">count</th>
              <th scope="col" className={styles.words}>
                first at
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ severity, message, count, firstAt }) => (
              <tr key={message}>
                <td className={`${styles.words} ${severity === 'error' ? styles.bad : ''}`}>
                  {SEVERITY_WORDS[severity]}
                </td>
                <td className={styles.wrap}>{message}</td>
                <td>{formatInteger(count)}</td>
                <td className={`${styles.long} ${styles.tail}`} title={firstAt}>
                  <bdi>{firstAt}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
