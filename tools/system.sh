#!/bin/sh
# The programs that some tests need beside Python: Tesseract (and type to set pages in) for scans,
# Chromium for the web page. Installed where it can be (Debian or Ubuntu, as root) and is missing;
# anywhere else this says so and does nothing.
set -eu
missing=""
command -v tesseract >/dev/null 2>&1 || missing="tesseract-ocr tesseract-ocr-eng fonts-dejavu-core"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
if [ -z "$missing" ]; then
  exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "tests of scans or pages are skipped; to run them: apt install $missing" >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 - a list of packages
apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing ||
  echo "could not be installed, tests that need them are skipped: $missing" >&2
