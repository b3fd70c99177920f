#!/bin/sh
# Ends what a run left behind when its owner was killed. Standard input is a pipe whose other end only the owner holds: reading
# ends when the owner is gone, however it went. $1: the run's folder. After an orderly stop nothing is left to do.
trap '' INT TERM HUP
cat > /dev/null
for file in "$1"/pids/*; do
  [ -e "$file" ] || continue
  kill -KILL "-${file##*/}" 2> /dev/null
  rm -f "$file"
done
if [ -e "$1/compose-project" ]; then
  docker compose -p "$(cat "$1/compose-project")" down -v --remove-orphans > /dev/null 2>&1
fi
rm -rf "$1/data"
