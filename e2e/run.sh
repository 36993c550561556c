#!/usr/bin/env bash
# Runs the browser journeys. Arguments go to Playwright: ./run.sh tests/sign_in.spec.js --project=js-1280
#
#   GUARDBOOK_BIN   the program under test (default: target/debug/guardbook)
#   CHROMIUM        the browser (default: the system's chromium); none is downloaded
set -euo pipefail
cd "$(dirname "$0")"
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

if ! cmp -s package-lock.json node_modules/.installed-lock; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.installed-lock
fi
exec node_modules/.bin/playwright test "$@"
