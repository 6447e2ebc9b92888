import { Modal } from '../parts/Modal.tsx';
import { SHORTCUTS } from '../input/useShortcuts.ts';
import { useHopline } from '../state/hoplineStore.ts';
import styles from './HelpDialog.module.css';

export function HelpDialog() {
  const isOpen = useHopline(({ isHelpOpen }) => isHelpOpen);
  const showHelp = useHopline(({ showHelp }) => showHelp);
  if (!isOpen) return null;
  return (
    <Modal title="Help and keys" onClose={() => showHelp(false)}>
      <div className={styles.help}>
        <p>
          Drop traces on the page, or click Open…, or paste: OTLP as JSON, JSON Lines or protobuf, answers of Tempo and
          Jaeger, Zipkin’s JSON, an SDK’s console output; plain, gzip or zstd, in a zip or tar archive; files or
          folders. They are read here, in your browser; nothing is sent anywhere. A <code>hopline.yaml</code> dropped
          with them or after them holds the budgets; those typed on the page are kept in this browser, as names and
          bounds alone, and are saved as a <code>hopline.yaml</code> by Export. A diagram saved by Hopline opens again.
        </p>
        <p>
          Every instant of a request belongs to one hop or one boundary, so the numbers of the picture add up to the
          total at every percentile. <b>Share</b> is what a hop adds to the total; <b>own time</b> is how long it was at
          work, on the path or beside it, and is what budgets are held against. <b>~</b> marks a percentile with too few
          traces behind it, <b>—</b> a cost that nobody recorded.
        </p>
        <dl className={styles.keys}>
          {SHORTCUTS.map(([keys, what]) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Modal>
  );
}
