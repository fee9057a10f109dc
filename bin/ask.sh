# Asks a running agent or server for a command's answer, in the place of starting a JVM. Run by bash, or by a shell that has
# an nc that knows sockets; with the variables here, state, input and the command's arguments. Prints the answer and exits
# with its code (0, 1, 2); with 3 where nobody answers, or not surely: then nothing has been printed.
#
# The notice and the socket have to be ours. The answer is printed when all of it is here.
# whoever sources this may stop at the first failure
set +eu
LC_ALL=C
export LC_ALL
[ -O "$state" ] && [ -O "$state/ask" ] || exit 3
read -r protocol pid began port token <"$state/ask" || exit 3
[ "$protocol" = 1 ] && [ -n "$token" ] || exit 3

# Whether the process that wrote the notice is there: its number alone may have come to another one.
present() {
  read -r line <"/proc/$pid/stat" || return 1
  set -- ${line##*) }
  [ "${20}" = "$began" ]
}

question() {
  printf '%s\0' "$token" "$here/claudometer" "$columns" $# "$@" \
    "HOME=${HOME:-}" ${TZ+"TZ=$TZ"} ${CLAUDE_CONFIG_DIR+"CLAUDE_CONFIG_DIR=$CLAUDE_CONFIG_DIR"} \
    ${XDG_STATE_HOME+"XDG_STATE_HOME=$XDG_STATE_HOME"} ${XDG_CONFIG_HOME+"XDG_CONFIG_HOME=$XDG_CONFIG_HOME"} \
    ${CLAUDOMETER_MANAGED_SETTINGS+"CLAUDOMETER_MANAGED_SETTINGS=$CLAUDOMETER_MANAGED_SETTINGS"} \
    ${CLAUDOMETER_LIMITS+"CLAUDOMETER_LIMITS=$CLAUDOMETER_LIMITS"} \
    ${CLAUDOMETER_LIMITS_FILE+"CLAUDOMETER_LIMITS_FILE=$CLAUDOMETER_LIMITS_FILE"} \
    ${NO_COLOR+"NO_COLOR=$NO_COLOR"} ${FORCE_COLOR+"FORCE_COLOR=$FORCE_COLOR"} \
    ${APPDATA+"APPDATA=$APPDATA"} ${LOCALAPPDATA+"LOCALAPPDATA=$LOCALAPPDATA"} \
    '' "$input"
}

# Reads a line: empty ones say that the answer is being made.
head() {
  head=
  while [ -z "$head" ]; do
    read -r $patience head || return 1
  done
}

# Reads the answer, which is kept until all of it has come.
answer() {
  head || exit 3
  set -- $head
  code=$1 lines=$2 bytes=$3
  [ $# = 3 ] || exit 3
  err=
  while [ "$lines" -gt 0 ]; do
    IFS= read -r line || exit 3
    err=$err$line'
' lines=$((lines - 1))
  done
  if [ -n "$patience" ] && [ "$bytes" -lt 4096 ]; then
    IFS= read -r $patience -N "$bytes" out || exit 3
    ! IFS= read -r $patience -N 1 line || exit 3
  else
    out=$(cat && echo .) || exit 3
    out=${out%.}
  fi
  [ ${#out} = "$bytes" ] || exit 3
}

say() {
  [ -z "$err" ] || printf %s "$err" >&2
  [ -z "$out" ] || printf %s "$out" 2>/dev/null || [ "$code" != 0 ] || code=1
  exit "$code"
}

patience=
if [ -n "${BASH_VERSION:-}" ]; then
  patience='-t 5'
  if [ "$port" != 0 ]; then
    { present && exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null || exit 3
    question "$@" >&3
    answer <&3
    present 2>/dev/null || exit 3
    say
  fi
fi
[ -S "$state/ask.sock" ] && [ -O "$state/ask.sock" ] || exit 3
question "$@" | nc -U -w 5 "$state/ask.sock" 2>/dev/null | {
  answer
  say
}
