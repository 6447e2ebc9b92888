import { memo, type ReactElement } from 'react';
import type { Mark, TextMark, TextRun } from '../layout/scene.ts';
import { isSame } from './isSame.ts';
import { arrowHead, roundedPath } from './roundedPath.ts';

interface MarkProps {
  readonly mark: Mark;
}

/**
 * One mark of a Scene as SVG. Colours are classes, so that the theme is a matter of the style sheet alone. What says the
 * same as before is not made again.
 */
export const MarkShape = memo(DrawnMark, ({ mark: before }: MarkProps, { mark }: MarkProps) => isSame(before, mark));

function DrawnMark({ mark }: MarkProps): ReactElement {
  switch (mark.type) {
    case 'rect':
      return (
        <rect
          className={mark.stroke ? `f-${mark.tone} s-${mark.stroke}` : `f-${mark.tone}`}
          x={mark.x}
          y={mark.y}
          width={mark.width}
          height={mark.height}
          rx={mark.radius}
          opacity={mark.opacity}
          strokeDasharray={mark.isDashed ? '4 3' : undefined}
        />
      );
    case 'line':
      return (
        <line
          className={`s-${mark.tone}`}
          x1={mark.x1}
          y1={mark.y1}
          x2={mark.x2}
          y2={mark.y2}
          strokeWidth={mark.strokeWidth}
          strokeDasharray={mark.isDashed ? '2 2' : undefined}
        />
      );
    case 'path':
      return (
        <g className={`s-${mark.tone}`} fill="none" strokeWidth={mark.strokeWidth}>
          <path d={roundedPath(mark.points, mark.radius)} strokeDasharray={mark.isDashed ? '5 4' : undefined} />
          <path d={arrowHead(mark.points)} strokeWidth={1.5} strokeLinecap="round" />
        </g>
      );
    case 'text':
      return <TextShape mark={mark} />;
  }
}

function TextShape({ mark }: { readonly mark: TextMark }): ReactElement {
  return (
    <text
      className={`f-${mark.tone}`}
      x={mark.x}
      y={mark.y}
      fontSize={mark.size}
      fontWeight={mark.weight === 600 ? 600 : undefined}
      textAnchor={mark.anchor === 'start' ? undefined : mark.anchor}
      letterSpacing={mark.letterSpacing}
    >
      {mark.fullText !== undefined && <title>{mark.fullText}</title>}
      {mark.runs.map((run, index) => (index === 0 && isPlain(run) ? run.text : <RunShape key={index} run={run} />))}
    </text>
  );
}

function RunShape({ run }: { readonly run: TextRun }): ReactElement {
  return (
    <tspan
      className={run.tone && `f-${run.tone}`}
      fontSize={run.size}
      fontWeight={run.weight}
      letterSpacing={run.size === undefined ? undefined : 0}
      dx={run.dx}
    >
      {run.text}
    </tspan>
  );
}

function isPlain(run: TextRun): boolean {
  return run.tone === undefined && run.size === undefined && run.weight === undefined && run.dx === undefined;
}
