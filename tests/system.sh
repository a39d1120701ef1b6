#!/bin/sh
# Installs what some tests need beside Python, where apt may do so: Chromium (pages and pictures), Java 17 (Spark).
set -eu
need=""
command -v chromium >/dev/null 2>&1 || need="$need chromium"
command -v java >/dev/null 2>&1 || need="$need openjdk-17-jre-headless"
[ -n "$need" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $need >/dev/null
else
  echo "Some tests are skipped here. To run them install:$need"
fi
