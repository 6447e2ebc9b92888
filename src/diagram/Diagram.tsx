import { memo, type KeyboardEvent, type MouseEvent, type ReactElement, type ReactNode } from 'react';
import type { ThemeName } from '../config/theme.ts';
import { partKey, type Mark, type Part, type Scene, type SceneGroup } from '../layout/scene.ts';
import { diagramCss } from './diagramCss.ts';
import { isSame } from './isSame.ts';
import { MarkShape } from './MarkShape.tsx';
import { tonesOf } from './tonesOf.ts';

/**
 * Scene → SVG, on the page and in the export alike.
 *
 * With `onSelect` its parts are buttons: in the tab order once each, named, Enter and Space select them. Without, it is
 * a static image. The page loads `pageDiagramCss()`; a standalone picture names its `theme` and carries its own style.
 */
export interface DiagramProps {
  readonly scene: Scene;
  /** Begins every id, so that several diagrams fit in one document. */
  readonly idPrefix: string;
  /** Of a standalone picture; on the page its style sheet decides. */
  readonly theme?: ThemeName;
  readonly selected?: Part | null;
  readonly onSelect?: (part: Part) => void;
  /** Null when the pointer leaves. */
  readonly onHover?: (part: Part | null) => void;
}

export function Diagram(props: DiagramProps): ReactElement {
  const { scene, idPrefix, theme, selected, onSelect, onHover } = props;
  const selectedKey = selected ? partKey(selected) : null;
  const firstOfPart = new Set<string>();
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      id={idPrefix}
      className="hopline"
      width={scene.width}
      height={scene.height}
      viewBox={`0 0 ${scene.width} ${scene.height}`}
      role={onSelect ? 'group' : 'img'}
      aria-labelledby={`${idPrefix}-title`}
      aria-describedby={`${idPrefix}-desc`}
    >
      <title id={`${idPrefix}-title`}>{scene.title}</title>
      <desc id={`${idPrefix}-desc`}>{scene.description}</desc>
      {theme && <style>{diagramCss(`#${idPrefix}`, theme, tonesOf(scene))}</style>}
      <rect className="f-background" width="100%" height="100%" />
      {scene.groups.map((group, index) => {
        const key = group.part && partKey(group.part);
        const isFirst = key !== null && !firstOfPart.has(key);
        if (key !== null) firstOfPart.add(key);
        // A part that has the focus keeps it when others come and go before it.
        return (
          <Group
            key={isFirst && group.label !== null ? key : index}
            group={group}
            isFirst={isFirst}
            isSelected={key !== null && key === selectedKey}
            onSelect={onSelect}
            onHover={onHover}
          />
        );
      })}
    </svg>
  );
}

interface GroupProps {
  readonly group: SceneGroup;
  readonly isFirst: boolean;
  readonly isSelected: boolean;
  readonly onSelect: DiagramProps['onSelect'] | undefined;
  readonly onHover: DiagramProps['onHover'] | undefined;
}

/** Where a part has several groups (a box and its bars in the strip), the first one is the button, the rest is its area. */
const Group = memo(DrawnGroup, ({ group: before, ...others }: GroupProps, { group, ...now }: GroupProps) => {
  return isSame(others, now) && isSame(before, group);
});

function DrawnGroup({ group, isFirst, isSelected, onSelect, onHover }: GroupProps): ReactElement {
  const { part, label, marks } = group;
  const shapes: ReactNode = marks.map((mark, index) => <MarkShape key={index} mark={mark} />);
  if (part === null || !onSelect) {
    return (
      <g>
        {label !== null && <title>{label}</title>}
        {shapes}
      </g>
    );
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onSelect(part);
  };
  const onClick = (event: MouseEvent): void => {
    event.stopPropagation();
    onSelect(part);
  };
  const isButton = isFirst && label !== null;
  return (
    <g
      className={isSelected ? 'part is-selected' : 'part'}
      data-part={part.type}
      onClick={onClick}
      onPointerEnter={() => onHover?.(part)}
      onPointerLeave={() => onHover?.(null)}
      {...(isButton
        ? {
            role: 'button',
            tabIndex: 0,
            'aria-label': label,
            'aria-pressed': part.type === 'fold' || part.type === 'exemplar' ? undefined : isSelected,
            'aria-expanded': part.type === 'fold' ? part.isOpen : undefined,
            onKeyDown,
            onFocus: () => onHover?.(part),
            onBlur: () => onHover?.(null),
          }
        : { 'aria-hidden': true })}
    >
      {marks.map((mark, index) =>
        mark.type === 'path' ? <path key={index} className="hit" d={hitPath(mark)} /> : null,
      )}
      {shapes}
      {isButton && <Ring marks={marks} />}
    </g>
  );
}

function hitPath(mark: Extract<Mark, { type: 'path' }>): string {
  return `M${mark.points.map(([x, y]) => `${x} ${y}`).join('L')}`;
}

/** Around the box, the pill, or where there is neither, the texts' line: visible when focused or selected. */
function Ring({ marks }: { readonly marks: readonly Mark[] }): ReactElement | null {
  const target = marks.find((mark) => mark.type === 'rect' && mark.role !== undefined);
  if (target?.type === 'rect') {
    return (
      <rect
        className="ring"
        x={target.x - 3}
        y={target.y - 3}
        width={target.width + 6}
        height={target.height + 6}
        rx={(target.radius ?? 0) + 3}
      />
    );
  }
  const path = marks.find((mark) => mark.type === 'path');
  if (path?.type === 'path') {
    const [[x, y]] = path.points.slice(-1);
    return <circle className="ring" cx={x} cy={y} r={8} />;
  }
  const words = marks.find((mark) => mark.type === 'text');
  if (words?.type !== 'text') return null;
  const width = words.runs.reduce((sum, run) => sum + run.text.length, 0) * words.size * 0.6 + 8;
  const x = words.anchor === 'end' ? words.x - width + 4 : words.x - 4;
  return <rect className="ring" x={x} y={words.y - words.size - 1} width={width} height={words.size + 7} rx={4} />;
}
