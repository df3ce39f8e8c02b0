#!/bin/sh
# Tesseract, the one program that tests of scans need beside Python, and type to set pages in.
# Installed where it can be (Debian or Ubuntu, as root) and is missing; anywhere else this says so
# and does nothing.
set -eu
if command -v tesseract >/dev/null 2>&1; then
  exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "tesseract is missing: tests of scans are skipped (apt install tesseract-ocr)" >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq && apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-eng \
  fonts-dejavu-core ||
  echo "tesseract could not be installed: tests of scans are skipped" >&2
