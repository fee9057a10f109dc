# Puts the status line together from what Claude Code writes to stdin and what a running agent has laid out. Exit 3: let
# claudometer do it, this is not for a script (the agent's figures are old, or the JSON holds what is better read by it).
# Variables: figures (the agent's file), limits (where readings of plan limits are left for it), home, zone.

function other(why) { failed = 1; exit 3 }

# The scalar values of the JSON by path: value["cost.total_cost_usd"] = "1.25".
function flatten(json,    depth, path, name, token, after) {
  depth = 0; path[0] = ""; name = ""
  while (json != "") {
    if (match(json, /^[ \t\r\n]+/)) { json = substr(json, RLENGTH + 1); continue }
    if (match(json, /^"([^"\\]|\\.)*"/)) {
      token = substr(json, 2, RLENGTH - 2); json = substr(json, RLENGTH + 1)
      after = json; sub(/^[ \t\r\n]+/, "", after)
      if (substr(after, 1, 1) == ":") { name = token; json = substr(after, 2) } else value[path[depth] name] = token
      continue
    }
    if (match(json, /^-?[0-9][0-9.eE+-]*/) || match(json, /^(true|false|null)/)) {
      token = substr(json, 1, RLENGTH); json = substr(json, RLENGTH + 1)
      if (token != "null") value[path[depth] name] = token
      continue
    }
    token = substr(json, 1, 1); json = substr(json, 2)
    if (token == "{" || token == "[") { path[depth + 1] = depth == 0 ? "" : path[depth] name "."; depth++; name = "" }
    else if (token == "}" || token == "]") { depth--; if (depth < 0) other("unbalanced") }
    else if (token != ",") other("no JSON")
  }
  if (depth != 0) other("unbalanced")
}

# Rounds a decimal text half-even, as digits without a point.
function rounded(text, places,    point, whole, part, kept, rest, up, digits) {
  point = index(text, ".")
  whole = point ? substr(text, 1, point - 1) : text
  part = (point ? substr(text, point + 1) : "") "0000000000"
  if (length(whole) > 6) other("a large sum")
  kept = whole substr(part, 1, places); rest = substr(part, places + 1)
  up = substr(rest, 1, 1) > 5 || substr(rest, 1, 1) == 5 && (rest ~ /^5.*[1-9]/ || kept ~ /[13579]$/)
  sub(/^0+/, "", kept) # one awk would read it as octal
  digits = sprintf("%.0f", kept + up)
  while (length(digits) <= places) digits = "0" digits
  return digits
}

function pointed(digits, places) {
  return substr(digits, 1, length(digits) - places) "." substr(digits, length(digits) - places + 1)
}

# To the cent; to four places below a cent, so that little is not nothing.
function dollars(text,    nanos, places, digits) {
  nanos = pointed(rounded(text, 9), 9)
  places = nanos + 0 != 0 && nanos + 0 < 0.01 ? 4 : 2
  digits = rounded(nanos, places)
  return "$" grouped(substr(digits, 1, length(digits) - places)) "." substr(digits, length(digits) - places + 1)
}

function grouped(digits,    text) {
  while (length(digits) > 3) { text = "," substr(digits, length(digits) - 2) text; digits = substr(digits, 1, length(digits) - 3) }
  return digits text
}

function duration(seconds,    minutes) {
  minutes = int(seconds / 60)
  if (minutes < 0) minutes = 0
  return minutes >= 60 ? int(minutes / 60) "h " minutes % 60 "m" : minutes "m"
}

{ input = input $0 "\n" }

END {
  if (failed) exit 3
  while ((getline line < figures) > 0) {
    equals = index(line, "=")
    if (equals) figure[substr(line, 1, equals - 1)] = substr(line, equals + 1)
  }
  srand(); now = srand()
  if (!("today" in figure) || figure["home"] != home || figure["zone"] != zone) other("another home")
  if (now - figure["written"] > 90 || now < figure["written"] - 5 || now >= figure["midnight"] + 0) other("old")

  flatten(input)
  model = "model.display_name" in value ? value["model.display_name"] : ("model.id" in value ? value["model.id"] : "Claude")
  cost = value["cost.total_cost_usd"]
  if (model !~ /^[A-Za-z0-9 ._()-]+$/ || cost !~ /^[0-9]+(\.[0-9]+)?$/) other("unusual")

  out = "🤖 " model " | 💰 " dollars(cost) " session / " figure["today"] " today / "
  if ("block_end" in figure && now < figure["block_end"] + 0) {
    out = out figure["block"] " block (" duration(figure["block_end"] - now) " left)"
    if ("rate" in figure) out = out " | 🔥 " figure["rate"] "/hr"
  } else if ("block_end" in figure) other("the block has ended")
  else out = out "no active block"

  tokens = value["context_window.total_input_tokens"]; size = value["context_window.context_window_size"]
  if (tokens ~ /^[0-9]+$/ && size ~ /^[0-9]+$/ && tokens > 0 && size > 0)
    out = out " | 🧠 " grouped(tokens) " (" int(100 * tokens / size + 0.5) "%)"

  windows = 0
  for (path in value) if (path ~ /^rate_limits\.[a-z0-9_]+\.used_percentage$/) {
    split(path, parts, "."); i = ++windows
    while (i > 1 && window[i - 1] > parts[2]) { window[i] = window[i - 1]; i-- }
    window[i] = parts[2]
  } else if (path ~ /^rate_limits\..*used_percentage$/) other("an unusual window")
  readings = ""
  for (i = 1; i <= windows; i++) {
    used = value["rate_limits." window[i] ".used_percentage"]
    if (used !~ /^[0-9]+(\.[0-9]+)?$/) continue
    resets = value["rate_limits." window[i] ".resets_at"]
    label = window[i] == "five_hour" ? "5h" : window[i] == "seven_day" ? "7d" : window[i]
    out = out (readings == "" ? " | ⏳ " : ", ") label " " int(used / 100 * 100 + 0.5) "%"
    readings = readings now " " window[i] " " used " " (resets ~ /^[0-9]+$/ ? resets : 0) "\n"
  }
  if (readings != "") printf "%s", readings >> limits
  print out
}
