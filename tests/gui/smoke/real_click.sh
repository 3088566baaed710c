#!/usr/bin/env bash
# A real window, a real click: real_click.sh PROGRAM. Exits with 77 if this machine has no Xvfb.
set -euo pipefail

program=$1
for tool in xvfb-run xauth xdotool; do
    if ! command -v "$tool" >/dev/null; then
        echo "skipped: no $tool here"
        exit 77
    fi
done

if [[ ${2:-} != inside ]]; then
    exec xvfb-run -a -s "-screen 0 1280x800x24" "$0" "$program" inside
fi

folder=$(mktemp -d)
"$program" --size 1280x800 2>"$folder/err" &
app=$!
trap 'kill "$app" 2>/dev/null || true; rm -rf "$folder"' EXIT
# Whatever is chosen before is not of this test.
window=$(timeout 30 xdotool search --sync --onlyvisible --pid "$app" --name Shakedown | head -n 1)
echo "window $window: $(xdotool getwindowname "$window")"

# The second demo of the welcome page.
xdotool mousemove --window "$window" 640 390 click 1
for _ in $(seq 100); do
    name=$(xdotool getwindowname "$window")
    [[ $name == retry-storm* ]] && break
    sleep 0.1
done
echo "after the click: $name"
[[ $name == retry-storm* ]]

# Ctrl+Q ends it, with nothing to complain of.
xdotool windowfocus "$window" key ctrl+q
for _ in $(seq 100); do
    kill -0 "$app" 2>/dev/null || break
    sleep 0.1
done
status=0
wait "$app" || status=$?
cat "$folder/err"
echo "ended with $status"
[[ $status == 0 ]]
