#!/bin/sh
# The programs that some tests need beside Python: Tesseract (and type to set pages in) for scans,
# Chromium for the web page, Java for Spark, PostgreSQL's server. Installed where it can be (Debian
# or Ubuntu, as root) and is missing; anywhere else this says so and does nothing.
set -eu
missing=""
have() { command -v "$1" >/dev/null 2>&1; }
have_postgres() { have postgres || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; }
have tesseract || missing="tesseract-ocr tesseract-ocr-eng fonts-dejavu-core"
have chromium || missing="$missing chromium"
have java || missing="$missing default-jre-headless"
have_postgres || missing="$missing postgresql"
if [ -z "$missing" ]; then
  exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! have apt-get; then
  echo "tests that need these are skipped; to run them: apt install $missing" >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
# The tests start servers of their own; the system's is not to run because of them.
if ! have_postgres && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
  mkdir -p /etc/postgresql-common
  echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
fi
# shellcheck disable=SC2086 - a list of packages
apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing ||
  echo "could not be installed, tests that need them are skipped: $missing" >&2
