import type { ComponentChildren } from 'preact';
import { useSize } from '../hooks';
import { layOutGrid } from './gridLayout';

const gap = 12;

/** Tiles of one size, as large as they can be. */
export function Grid({ count, children }: { count: number; children: ComponentChildren }) {
  const [ref, { width, height }] = useSize<HTMLDivElement>();
  const tile = layOutGrid(count, width, height, gap);
  const style = { '--tile-width': `${tile.width}px`, '--tile-height': `${tile.height}px`, '--gap': `${gap}px` };
  return <div ref={ref} class="grid" style={style}>{children}</div>;
}
