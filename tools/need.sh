#!/usr/bin/env bash
# Makes sure that what the tests need is there; installs Debian packages when it is root and may.
#
#   tools/need.sh        installs what is missing, or says what to install and exits 1
set -euo pipefail

# What is needed, and the Debian package that brings it.
needs=(
  'cargo rust'
  'cc gcc'
  'git git'
  'node nodejs'
  'npm npm'
  'python3 python3'
  'chromium chromium'
  'postgres postgresql'
  'pdftotext poppler-utils'
  'qpdf qpdf'
  'strace strace'
  '7z p7zip-full'
  'tesseract tesseract-ocr'
)

present() {
  case $1 in
    postgres) compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

missing_packages() {
  local need
  for need in "${needs[@]}"; do
    read -r program package <<<"$need"
    present "$program" || echo "$package"
  done
}

# Rust, Node and npm are the developer's own choice of version, so they are never installed from here.
mapfile -t packages < <(missing_packages | grep -vxE 'rust|nodejs|npm' || true)
if [ "${#packages[@]}" -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing: ${packages[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update && apt-get -qq install --yes --no-install-recommends "${packages[@]}" >/dev/null || true
fi

mapfile -t packages < <(missing_packages)
if [ "${#packages[@]}" -gt 0 ]; then
  echo "Missing: ${packages[*]}" >&2
  echo "Install them and run this again: Rust by rustup, Node (20 or later, with npm) as you like," >&2
  echo "and the rest, on Debian, with: sudo apt-get install PACKAGE…" >&2
  exit 1
fi
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
  echo "Node 20 or later is needed; this is $(node --version)." >&2
  exit 1
fi
