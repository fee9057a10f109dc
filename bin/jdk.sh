# Sourced by ./claudometer and ./test: prints the home of a JDK 25 or newer, or says in one line what to install.

java_major() {
  "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p'
}

release_major() {
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_jdk() {
  on_path=$(readlink -f "$(command -v java 2>/dev/null || :)" 2>/dev/null || :)
  on_path=${on_path%/bin/java}
  for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] && [ -x "$home/bin/$1" ] || continue
    major=$(release_major "$home" || :)
    [ -n "$major" ] || major=$(java_major "$home" || :)
    if [ "${major:-0}" -ge 25 ]; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  echo "claudometer needs a JDK 25 or newer: install one (for example 'apt install temurin-25-jdk', https://adoptium.net) or point JAVA_HOME at it." >&2
  return 1
}
