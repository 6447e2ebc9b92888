import { formatCount, formatInteger, formatPercent, UNMEASURED } from '../../base/format.ts';
import { shownName } from '../../layout/text.ts';
import hidden from '../parts/hidden.module.css';
import { useHopline } from '../state/hoplineStore.ts';
import { More, useLimit } from './More.tsx';
import styles from './table.module.css';

export function RuntimesTab() {
  const summary = useHopline(({ opened }) => (opened?.type === 'traces' ? opened.dataset.summary : null));
  const [limit, more] = useLimit();
  if (summary === null)
    return <p className={styles.empty}>A saved diagram holds one path alone, not the whole dataset.</p>;
  const { runtimes, services, handled } = summary;
  return (
    <div className={styles.columns}>
      {runtimes.length === 0 ? (
        <p className={styles.empty}>No gateway or service here says that it handled a request.</p>
      ) : (
        <table className={styles.table}>
          <caption className={hidden.visually}>Requests handled by gateways and services, by runtime</caption>
          <thead>
            <tr>
              <th scope="col" className={styles.words}>
                runtime
              </th>
              <th scope="col">handled</th>
              <th scope="col">per second</th>
              <th scope="col">of all</th>
            </tr>
          </thead>
          <tbody>
            {runtimes.map(({ runtime, handled: part, perSecond }) => (
              <tr key={runtime}>
                <th scope="row" className={styles.words}>
                  {shownName(runtime)}
                </th>
                <td>{formatCount(part)}</td>
                <td>{perSecond === null ? UNMEASURED : formatCount(perSecond)}</td>
                <td>{formatPercent(part / handled)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div>
        <table className={styles.table}>
          <caption className={hidden.visually}>Services</caption>
          <thead>
            <tr>
              <th scope="col" className={styles.words}>
                service
              </th>
              <th scope="col" className={styles.words}>
                layer
              </th>
              <th scope="col" className={styles.words}>
                runtime
              </th>
              <th scope="col">handled</th>
              <th scope="col">spans</th>
            </tr>
          </thead>
          <tbody>
            {services.slice(0, limit).map(({ name, layer, runtime, handled: part, spans }) => (
              <tr key={name}>
                <th scope="row" className={styles.long} title={shownName(name)}>
                  {shownName(name)}
                </th>
                <td className={styles.words}>{layer}</td>
                <td className={styles.words}>{runtime === null ? UNMEASURED : shownName(runtime)}</td>
                <td>{formatCount(part)}</td>
                <td>{formatInteger(spans)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <More shown={limit} total={services.length} onMore={more} />
      </div>
    </div>
  );
}
