// Keys and pointers of the sheet, as spreadsheets have them.

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const within = (value, most) => value >= 0 && value < most;

// From a cell on, the last filled one before a gap, or the first filled one behind it.
function edge(hand, [r, c], [dr, dc]) {
  const inside = (y, x) => within(y, hand.rows) && within(x, hand.columns);
  const full = (y, x) => inside(y, x) && hand.sheet.text(y, x) !== "";
  const run = full(r, c) && full(r + dr, c + dc);
  while (inside(r + dr, c + dc)) {
    if (run && !full(r + dr, c + dc)) break;
    r += dr;
    c += dc;
    if (!run && full(r, c)) break;
  }
  return [r, c];
}

// Tab goes right and on to the next row; at the ends of the sheet it leaves it.
function tab(hand, back) {
  const at = hand.place[0] * hand.columns + hand.place[1] + (back ? -1 : 1);
  if (!within(at, hand.rows * hand.columns)) return false;
  const first = hand.entryColumn;
  hand.go([Math.floor(at / hand.columns), at % hand.columns], { entry: true });
  hand.entryColumn = Math.min(first, hand.place[1]);
  return true;
}

const moves = (hand, event) => {
  const [r, c] = event.shiftKey ? hand.far : hand.place;
  const far = event.ctrlKey || event.metaKey;
  const page = hand.table.rowsInSight();
  switch (event.key) {
    case "Home": return far ? [0, 0] : [r, 0];
    case "End": return far ? [hand.rows - 1, hand.columns - 1] : [r, hand.columns - 1];
    case "PageUp": return [r - page, c];
    case "PageDown": return [r + page, c];
    default: {
      const step = ARROWS[event.key];
      return step && (far ? edge(hand, [r, c], step) : [r + step[0], c + step[1]]);
    }
  }
};

const COMMANDS = {
  z: (hand, event) => hand.back(event.shiftKey ? hand.sheet.redo() : hand.sheet.undo()),
  y: (hand) => hand.back(hand.sheet.redo()),
  d: (hand) => hand.fill(true),
  r: (hand) => hand.fill(false),
  a: (hand) => hand.pick([0, 0], [hand.rows - 1, hand.columns - 1]),
};

// True when the key is done with.
function whileGoing(hand, event) {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && COMMANDS[event.key.toLowerCase()]) {
    COMMANDS[event.key.toLowerCase()](hand, event);
    return true;
  }
  const to = !event.altKey && moves(hand, event);
  if (to) { hand.go(to, { extend: event.shiftKey }); return true; }
  switch (event.key) {
    case "F2": hand.edit(); return true;
    case "Backspace": case "Delete": hand.clear(); return true;
    case "Enter":
      if (event.altKey) return false;
      hand.go([hand.place[0] + (event.shiftKey ? -1 : 1), event.shiftKey ? hand.place[1] : hand.entryColumn]);
      return true;
    default:
      if (hand.field.readOnly && event.key.length === 1 && !event.ctrlKey && !event.metaKey) hand.refuse();
      return false;
  }
}

function whileWriting(hand, event) {
  if (event.key === "Escape") { hand.cancel(); return true; }
  if (event.key === "Enter" && event.altKey) {
    hand.field.setRangeText("\n", hand.field.selectionStart, hand.field.selectionEnd, "end");
    return true;
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { hand.fillWith(hand.field.value); return true; }
  if (event.key === "Enter") {
    hand.go([hand.place[0] + (event.shiftKey ? -1 : 1), hand.entryColumn]);
    return true;
  }
  const step = hand.mode === "type" && !event.shiftKey && ARROWS[event.key];
  if (step) { hand.go([hand.place[0] + step[0], hand.place[1] + step[1]]); return true; }
  return false;
}

export function listenToKeys(hand) {
  let leaving = false;
  hand.field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const going = hand.mode === "go";
    if (event.key === "Tab" && !leaving && !event.ctrlKey && !event.altKey) {
      if (tab(hand, event.shiftKey)) event.preventDefault();
      return;
    }
    if (event.key !== "Tab" && event.key !== "Shift") leaving = going && event.key === "Escape";
    if (leaving) hand.told(hand.say("leave"));
    if (going ? whileGoing(hand, event) : whileWriting(hand, event)) event.preventDefault();
  });
  for (const name of ["copy", "cut", "paste"]) {
    hand.field.addEventListener(name, (event) => {
      if (hand.mode !== "go") return;
      if (name === "paste") hand.paste(event);
      else hand.copy(event, name === "cut");
    });
  }
}

export function listenToPointer(hand, { table }) {
  let dragging = false;
  let touching = false;
  const placeOf = (target) => {
    const td = target.closest?.("td");
    return td && td.r !== undefined ? [td.r, td.c] : null;
  };
  table.addEventListener("pointerdown", (event) => { touching = event.pointerType === "touch"; });
  table.addEventListener("mousedown", (event) => {
    if (event.button !== 0) return;
    const inField = event.target === hand.field;
    if (inField && (touching || hand.mode !== "go" || event.detail > 1)) return;
    const place = placeOf(event.target);
    const { row, head } = event.target.closest("th")?.dataset || {};
    if (!place && row === undefined && head === undefined) return;
    event.preventDefault();
    if (place) { hand.go(place, { extend: event.shiftKey }); dragging = true; }
    else if (row !== undefined) hand.pick([Number(row), 0], [Number(row), hand.columns - 1]);
    else hand.pick([0, Number(head)], [hand.rows - 1, Number(head)]);
  });
  table.addEventListener("mouseover", (event) => {
    const place = dragging && event.buttons === 1 && placeOf(event.target);
    if (place) hand.go(place, { extend: true });
  });
  document.addEventListener("mouseup", () => { dragging = false; });
  table.addEventListener("dblclick", (event) => {
    if (placeOf(event.target) && hand.mode === "go") { event.preventDefault(); hand.edit(); }
  });
}
