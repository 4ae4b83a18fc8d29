// Rows of cells as spreadsheets put them on the clipboard: tabs, line ends, quotes where needed.

// The end of a quoted cell that begins at `start` (on its quote), or -1 if it is no quoted cell.
function quoteEnd(text, start) {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] !== '"') continue;
    if (text[at + 1] === '"') { at += 1; continue; }
    const after = text[at + 1];
    return after === undefined || after === "\t" || after === "\n" || after === "\r" ? at : -1;
  }
  return -1;
}

// "a\tb\r\nc" → [["a", "b"], ["c"]]. The line end behind the last row adds no row.
export function readTsv(text) {
  const rows = [[]];
  let at = 0;
  for (;;) {
    const end = text[at] === '"' ? quoteEnd(text, at) : -1;
    let stop = end + 1;
    if (end < 0) {
      stop = at;
      while (stop < text.length && text[stop] !== "\t" && text[stop] !== "\n" && text[stop] !== "\r") stop += 1;
    }
    const cell = end < 0 ? text.slice(at, stop) : text.slice(at + 1, end).replaceAll('""', '"');
    rows.at(-1).push(cell.replaceAll("\r\n", "\n"));
    if (stop >= text.length) return rows;
    at = stop + (text[stop] === "\r" && text[stop + 1] === "\n" ? 2 : 1);
    if (text[stop] === "\t") continue;
    if (at >= text.length) return rows;
    rows.push([]);
  }
}

// A figure with a sign is a figure; any other text that a spreadsheet would run is disarmed.
const FIGURE = /^[-+]?[\d.,\s]*%?$/;
const disarmed = (cell) => (/^[=+\-@]/.test(cell) && !FIGURE.test(cell) ? `'${cell}` : cell);
const quoted = (cell) => (/["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

// The other way; `harmless` for a clipboard that may end in a spreadsheet.
export function writeTsv(rows, harmless = true) {
  return rows
    .map((row) => row.map((cell) => quoted(harmless ? disarmed(cell) : cell)).join("\t"))
    .join("\r\n");
}
