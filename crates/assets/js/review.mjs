// Keys for reviewing a document. They press the buttons and fill the boxes that are on the page for everybody:
//   [data-review]          the area that the keys are about
//   [data-row]             a line; arrows move between lines
//   [data-suggestion]      a mark; J and K move between marks
//   [data-for=<mark id>]   the form or row that decides about that mark
//   [data-key=a]           what a key presses, looked for beside the current mark first, then anywhere in the area
//   [data-selection=words|row|start|end]  hidden or shown boxes that take the selected words before R is pressed

/** Listens inside the review area, if the page has one. */
export function review(typing) {
  const area = document.querySelector("[data-review]");
  if (!area) return;
  const rows = [...area.querySelectorAll("[data-row]")];
  const marks = [...area.querySelectorAll("[data-suggestion]")];
  for (const row of rows) row.tabIndex = -1;
  if (rows[0]) rows[0].tabIndex = 0;
  let mark = -1;

  const goToMark = (step) => {
    if (marks.length === 0) return;
    marks[mark]?.removeAttribute("aria-current");
    mark = mark < 0 && step < 0 ? marks.length - 1 : Math.min(Math.max(mark + step, 0), marks.length - 1);
    marks[mark].setAttribute("aria-current", "true");
    marks[mark].focus();
    marks[mark].scrollIntoView({ block: "nearest" });
  };
  const goToRow = (step) => {
    const now = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[Math.min(Math.max(now + step, 0), rows.length - 1)];
    for (const row of rows) row.tabIndex = row === next ? 0 : -1;
    next?.focus();
  };
  const press = (key) => {
    const id = marks[mark]?.id;
    const near = id ? document.querySelector(`[data-for="${CSS.escape(id)}"] [data-key="${CSS.escape(key)}"]`) : null;
    const button = near ?? area.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!button || button.disabled) return false;
    if (button.matches("input:not([type=radio]):not([type=checkbox]), textarea")) button.focus();
    else button.click();
    return true;
  };

  // On the whole document, so that the keys work without a click into the text and nothing has to take the focus.
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || typing(event)) return;
    const key = event.key.toLowerCase();
    const inList = document.activeElement?.closest("[data-row]");
    if (key === "j") goToMark(1);
    else if (key === "k") goToMark(-1);
    else if (event.key === "ArrowDown" && inList && !event.shiftKey) goToRow(1);
    else if (event.key === "ArrowUp" && inList && !event.shiftKey) goToRow(-1);
    else if (key === "r" && takeSelection(area) && press("r")) { /* pressed */ }
    else if (key.length === 1 && "axufvnp?123456789".includes(key) && press(key)) { /* pressed */ }
    else return;
    event.preventDefault();
  });
}

/** Puts the selected words, and where they stand in their line, into the boxes that wait for them. */
function takeSelection(area) {
  const selection = getSelection();
  const words = selection?.toString() ?? "";
  const row = selection?.anchorNode?.parentElement?.closest("[data-row]");
  const text = row?.querySelector(".gb-review__text");
  if (!words.trim() || !text || !text.contains(selection.focusNode)) return false;
  const before = document.createRange();
  const range = selection.getRangeAt(0);
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = withoutExplanations(before).length;
  const values = { words: withoutExplanations(range), row: row.dataset.row, start, end: start + withoutExplanations(range).length };
  for (const [name, value] of Object.entries(values)) {
    for (const box of area.querySelectorAll(`[data-selection="${name}"]`)) box.value = value;
  }
  return true;
}

/** The document's own words in a range, without what was added for those who do not see the marks. */
function withoutExplanations(range) {
  const copy = range.cloneContents();
  for (const added of copy.querySelectorAll(".govuk-visually-hidden, .gb-review__reason")) added.remove();
  return copy.textContent;
}
