export interface TileSize {
  width: number;
  height: number;
}

/** Tiles may be as upright or as flat as this, so that they fill the window without cutting off too much of a picture. */
const upright = { flattest: 4 / 3, steepest: 3 / 4 };
const flat = { flattest: 16 / 9, steepest: 4 / 3 };

/** The size at which so many equal tiles cover the most of an area. */
export function layOutGrid(tiles: number, width: number, height: number, gap: number): TileSize {
  const { flattest, steepest } = width < height ? upright : flat;
  let best: TileSize = { width: 0, height: 0 };
  for (let columns = 1; columns <= tiles; columns++) {
    const rows = Math.ceil(tiles / columns);
    const cellWidth = (width - gap * (columns - 1)) / columns;
    const cellHeight = (height - gap * (rows - 1)) / rows;
    const ratio = Math.min(flattest, Math.max(steepest, cellWidth / cellHeight));
    const tileWidth = Math.floor(Math.min(cellWidth, cellHeight * ratio));
    const tileHeight = Math.floor(tileWidth / ratio);
    if (tileWidth * tileHeight > best.width * best.height) best = { width: tileWidth, height: tileHeight };
  }
  return best;
}
