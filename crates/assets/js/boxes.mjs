// Drawing a box on the picture of a page. It only fills in the form that is on the page for everybody:
//   [data-pages]          around the pages
//   [data-page=<number>]  one page; its svg holds the boxes
//   [data-box-form]       the questions: page, left, top, width, height in percent
// Mouse and pen draw at once. A finger scrolls, and draws while "Draw with a finger" is on. By keyboard a page takes the
// focus: arrows move the box, Shift and arrows size it, Enter goes to the button that covers it.

const STEP = 1;

/** Makes the pages ready to be drawn on, if there are any and the form is there. */
export function boxes() {
  const area = document.querySelector("[data-pages]");
  const form = document.querySelector("[data-box-form]");
  if (!area || !form) return;
  const field = (name) => form.querySelector(`[name="box-${name}"]`);
  const names = ["left", "top", "width", "height"];
  const button = form.querySelector("[value=cover-box]");
  let drawn = null;

  const hint = form.querySelector("[data-box-hint]");
  if (hint) hint.textContent = "Draw on a page, or say where it lies in percent. By keyboard: go to a page, arrows move the box, Shift and arrows size it, Enter finishes.";

  const show = (sheet, at) => {
    const svg = sheet.querySelector("svg");
    if (drawn && drawn.parentNode !== svg) { drawn.remove(); drawn = null; }
    if (!drawn) {
      drawn = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      drawn.setAttribute("class", "gb-page__box gb-page__box--new");
      svg.append(drawn);
    }
    const { width, height } = svg.viewBox.baseVal;
    const put = (name, share, side) => drawn.setAttribute(name, String((share * side) / 100));
    put("x", at.left, width); put("y", at.top, height); put("width", at.width, width); put("height", at.height, height);
    field("page").value = sheet.dataset.page;
    for (const name of names) field(name).value = at[name].toFixed(1);
  };
  const typed = () => Object.fromEntries(names.map((name) => [name, Number.parseFloat(field(name).value)]));

  const finger = document.createElement("button");
  finger.type = "button";
  finger.className = "govuk-button govuk-button--secondary gb-page__finger";
  finger.textContent = "Draw with a finger";
  finger.setAttribute("aria-pressed", "false");
  finger.addEventListener("click", () => {
    const on = area.classList.toggle("gb-pages--finger");
    finger.setAttribute("aria-pressed", String(on));
  });
  area.before(finger);

  for (const sheet of area.querySelectorAll("[data-page]")) {
    sheet.tabIndex = 0;
    sheet.setAttribute("role", "application");
    sheet.setAttribute("aria-label", `Page ${sheet.dataset.page}: arrows move a box, Shift and arrows size it, Enter finishes`);
    let from = null;
    const at = (event) => {
      const on = sheet.getBoundingClientRect();
      const share = (value, start, length) => Math.min(Math.max(((value - start) / length) * 100, 0), 100);
      return { x: share(event.clientX, on.left, on.width), y: share(event.clientY, on.top, on.height) };
    };
    sheet.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || (event.pointerType === "touch" && !area.classList.contains("gb-pages--finger"))) return;
      event.preventDefault();
      sheet.setPointerCapture(event.pointerId);
      from = at(event);
    });
    sheet.addEventListener("pointermove", (event) => {
      if (!from) return;
      const to = at(event);
      show(sheet, { left: Math.min(from.x, to.x), top: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) });
    });
    const end = () => { from = null; };
    sheet.addEventListener("pointerup", end);
    sheet.addEventListener("pointercancel", end);
    sheet.addEventListener("keydown", (event) => {
      const moves = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
      const move = moves[event.key];
      if (event.key === "Enter" && drawn) { event.preventDefault(); button.focus(); return; }
      if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      const mine = field("page").value === sheet.dataset.page && drawn;
      const box = mine ? typed() : { left: 40, top: 40, width: 20, height: 5 };
      const keep = (value, least, most) => Math.min(Math.max(value, least), most);
      if (mine && event.shiftKey) {
        box.width = keep(box.width + move[0], STEP, 100 - box.left);
        box.height = keep(box.height + move[1], STEP, 100 - box.top);
      } else if (mine) {
        box.left = keep(box.left + move[0], 0, 100 - box.width);
        box.top = keep(box.top + move[1], 0, 100 - box.height);
      }
      show(sheet, box);
    });
  }
}
