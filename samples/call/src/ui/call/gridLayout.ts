export interface TileSize {
  columns: number;
  width: number;
  height: number;
}

/** The number of columns that gives tiles of one aspect ratio the most room. */
export function layOutGrid(tiles: number, width: number, height: number, gap: number): TileSize {
  const ratio = width < height ? 4 / 3 : 16 / 9;
  let best: TileSize = { columns: 1, width: 0, height: 0 };
  for (let columns = 1; columns <= tiles; columns++) {
    const rows = Math.ceil(tiles / columns);
    const widest = (width - gap * (columns - 1)) / columns;
    const highest = (height - gap * (rows - 1)) / rows;
    const tileWidth = Math.floor(Math.min(widest, highest * ratio));
    if (tileWidth > best.width) best = { columns, width: tileWidth, height: Math.floor(tileWidth / ratio) };
  }
  return best;
}
