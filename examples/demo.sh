#!/bin/sh
# Was it true, in March 2022, that Russians could no longer go to the European Court of Human Rights?
set -eu

echo "== Russia today =="
ratione state RUS

for day in 2022-03-14 2022-03-15 2022-03-16 2022-03-23; do
    echo
    echo "== What could be known on $day: the Council of Europe and the Convention =="
    ratione state RUS --as-known-on "$day" | grep -E '^(instrument|COE|ECHR) '
done

echo
echo "== Parties to the Convention on the last day with Russia, and on the day after =="
ratione parties ECHR --on 2022-09-15 | grep '^bound'
ratione parties ECHR --on 2022-09-16 | grep '^bound'

echo
echo "== A complaint from Moscow, asked about on 22 November 2022 =="
ratione assess examples/moscow.json --on 2022-11-22

echo
echo "== A docket: twelve complaints, all bodies =="
ratione assess examples/docket.csv

echo
echo "== One of them in full: Monaco, before the European Court of Human Rights =="
ratione explain examples/docket.csv --id monaco --forum ECTHR
