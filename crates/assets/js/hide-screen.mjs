// Hide screen: the page goes blank at once, then the form signs the session out of sight (POST /hide).

const TWICE_WITHIN_MS = 600;

/** Blanks on the button and on Esc pressed twice. */
export function hideScreen() {
  const form = document.querySelector("form[data-hide-screen]");
  if (!form) return;
  const blank = () => document.documentElement.classList.add("gb-hidden");
  form.addEventListener("submit", blank);
  let last = 0;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    if (event.timeStamp - last < TWICE_WITHIN_MS) {
      blank();
      form.requestSubmit();
    }
    last = event.timeStamp;
  });
  // Going back must not bring a kept copy of the page into view.
  addEventListener("pageshow", (event) => {
    if (event.persisted && document.documentElement.classList.contains("gb-hidden")) location.reload();
  });
}
