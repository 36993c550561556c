// Keys for the whole application. A link or box says its own keys: data-go="g t". Boxes get the focus, links are followed.

const PATIENCE_MS = 1200;

/** Listens for one key or two in a row. `typing` tells whether somebody is writing. */
export function keys(typing) {
  const places = [...document.querySelectorAll("[data-go]")];
  if (places.length === 0) return;
  let before = { key: "", at: 0 };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || typing(event)) return;
    const pair = event.timeStamp - before.at < PATIENCE_MS ? `${before.key} ${event.key}` : "";
    const place = places.find(({ dataset }) => dataset.go === pair) ?? places.find(({ dataset }) => dataset.go === event.key);
    before = { key: event.key, at: event.timeStamp };
    if (!place) return;
    event.preventDefault();
    if (place.matches("input")) place.focus();
    else place.click();
  });
}
