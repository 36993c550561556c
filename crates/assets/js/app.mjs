// Makes pages that already work a little quicker to use. Nothing here is needed: every action is a form or a link.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { ServiceNavigation } from "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { boxes } from "./boxes.mjs";
import { hideScreen } from "./hide-screen.mjs";
import { keys } from "./keys.mjs";
import { review } from "./review.mjs";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

const parts = { Button, ErrorSummary, NotificationBanner, PasswordInput, ServiceNavigation, SkipLink };
for (const Part of Object.values(parts)) {
  for (const element of document.querySelectorAll(`[data-module="${Part.moduleName}"]`)) {
    try {
      new Part(element);
    } catch {
      // A part that cannot start leaves its plain form behind, which works.
    }
  }
}

hideScreen();
// The way out of a page in a hurry leaves no way back to it.
for (const way of document.querySelectorAll("a[data-exit]")) {
  way.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(way.href);
  });
}
boxes();
const typing = (event) => event.ctrlKey || event.metaKey || event.altKey || event.isComposing
  || (event.target instanceof HTMLElement && event.target.closest("textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])"));
// WCAG 2.1.4: people can switch single-key shortcuts off in their account; the server writes the choice here.
if (document.body.dataset.keys !== "off") {
  // First the review: it may use a key that leads somewhere on other pages.
  review(typing);
  keys(typing);
}
