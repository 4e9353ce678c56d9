#!/bin/sh
# What the tests need besides Python packages: a Chromium, a PostgreSQL, a font with Chinese characters, TypeScript if Node is here.
set -eu
cd "$(dirname "$0")/.."

have() { command -v "$1" >/dev/null 2>&1; }
apt_ready=""
apt_install() {
  have apt-get && [ "$(id -u)" = 0 ] || return 1
  [ -n "$apt_ready" ] || { apt-get update -qq; apt_ready=yes; }
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
}
have_chromium() {
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if have "$name"; then return 0; fi
  done
  [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] && return 0
  [ -x "$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright as s
with s() as p: print(p.chromium.executable_path)' 2>/dev/null)" ]
}
have_postgres() { have initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }

if ! have_chromium; then
  echo "Installing Chromium …"
  apt_install chromium || .venv/bin/playwright install chromium
fi
if ! have_postgres; then
  echo "Installing PostgreSQL …"
  apt_install postgresql || { have brew && brew install --quiet postgresql; } || echo "No PostgreSQL: its tests say so and do not run."
fi
if have fc-list && ! fc-list :lang=zh | grep -q .; then
  echo "Installing a Chinese font …"
  apt_install fonts-noto-cjk || echo "No Chinese font: pictures will show boxes."
fi
if have npm; then
  npm ci --silent --no-audit --no-fund
fi
