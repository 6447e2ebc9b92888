import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ThemeName } from '../../config/theme.ts';
import { hasConfig, saveConfig } from '../export/exportConfig.ts';
import { copyDiagram, saveDiagram } from '../export/exportDiagram.ts';
import { EXPORT_FORMATS, saveTraces } from '../export/saveTraces.ts';
import { hopline, useHopline } from '../state/hoplineStore.ts';
import { currentPath } from '../state/selectors.ts';
import styles from './TopBar.module.css';

const THEMES: readonly (readonly [theme: ThemeName, words: string])[] = [
  ['auto', 'as the reader has it'],
  ['light', ''],
  ['dark', ''],
];

const PARTS = [
  ['path', 'traces of this path'],
  ['dataset', 'all traces'],
] as const;

export function ExportMenu() {
  const hasPath = useHopline((state) => currentPath(state) !== null);
  const { fail, announce } = hopline.getState();
  const hasTraces = useHopline(({ opened }) => opened?.type === 'traces');
  const canSaveConfig = useHopline(hasConfig);
  const run = (action: () => Promise<string>): void => {
    action().then(announce, (error: unknown) => fail('It could not be exported', error));
  };
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={styles.button} disabled={!hasPath}>
        Export
        <ChevronDown size={14} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content className={styles.menu} align="end" sideOffset={6}>
        {THEMES.map(([theme, words]) => (
          <DropdownMenu.Item key={theme} className={styles.item} onSelect={() => run(() => saveDiagram(theme))}>
            SVG, {theme} {words !== '' && <span>{words}</span>}
          </DropdownMenu.Item>
        ))}
        <DropdownMenu.Separator className={styles.separator} />
        <DropdownMenu.Item className={styles.item} onSelect={() => run(copyDiagram)}>
          Copy SVG
        </DropdownMenu.Item>
        <DropdownMenu.Separator className={styles.separator} />
        {PARTS.map(([part, words]) =>
          EXPORT_FORMATS.map(({ format, name }) => (
            <DropdownMenu.Item
              key={`${part} ${format}`}
              className={styles.item}
              disabled={!hasTraces}
              onSelect={() => run(() => saveTraces(part, format))}
            >
              {name} <span>{words}</span>
            </DropdownMenu.Item>
          )),
        )}
        <DropdownMenu.Separator className={styles.separator} />
        <DropdownMenu.Item className={styles.item} disabled={!canSaveConfig} onSelect={() => run(saveConfig)}>
          hopline.yaml <span>with your budgets</span>
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
