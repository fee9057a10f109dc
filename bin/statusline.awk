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

# Whether a window ends later than another: resets less than two minutes apart are of one window.
function later(a, b) { return a > b + 120 ? 1 : a < b - 120 ? -1 : 0 }

# Whether a word on a window is higher than another: of a later window, or fuller.
function higher(used, resets, otherUsed, otherResets,    order) {
  order = later(resets, otherResets)
  return order ? order > 0 : used > otherUsed
}

# How full a window is, of what this session is told and what the agent knows to be true.
function truth(window, told, resets,    own, used, same) {
  used = told / 100
  shownUsed = used; shownResets = resets
  if (!(window in limitUsed)) return
  if (used == limitUsed[window] && !later(resets, limitResets[window])) return
  if (!resets || !limitResets[window]) other("a window without an end")
  own = window " " session
  same = own in toldUsed && used == toldUsed[own] && !later(resets, toldResets[own])
  if (higher(used, resets, limitUsed[window], limitResets[window]) ? same : same || !(own in toldUsed)) {
    shownUsed = limitUsed[window]; shownResets = limitResets[window]
  } else if (!higher(used, resets, limitUsed[window], limitResets[window])) other("news")
}

# A fork's transcript begins with answers to another session, whose cost is counted on.
function fork(path,    line, lines, began, said) {
  if (path == "" || session == "") return 0
  for (lines = 0; lines < 400 && (getline line < path) > 0; lines++) {
    if (index(line, "\"type\":\"queue-operation\"") && began == "" && !said) began = stamp(line)
    else if (index(line, "\"type\":\"user\"") || index(line, "\"type\":\"system\"")) said = 1
    else if (index(line, "\"type\":\"assistant\"")) {
      close(path)
      if (match(line, /"requestSessionId":"[^"\\]+"/)) return substr(line, RSTART + 20, RLENGTH - 21) != session
      return began != "" && stamp(line) < began
    }
  }
  close(path)
  return 0
}

function stamp(line) {
  return match(line, /"timestamp":"[^"\\]+"/) ? substr(line, RSTART + 13, RLENGTH - 14) : ""
}

# What the last request's prompt held; `size` is 0 where it cannot be what was told, `tokens` where nothing is known.
function context(    usage, version) {
  usage = "context_window.current_usage."
  size = count(value["context_window.context_window_size"])
  tokens = count(value[usage "input_tokens"]) + count(value[usage "cache_creation_input_tokens"]) + \
    count(value[usage "cache_read_input_tokens"])
  if (tokens > 0 && size > 0) { if (tokens > size) size = 0; return }
  tokens = count(value["context_window.total_input_tokens"])
  if (tokens > size) tokens = 0
  if (value["version"] ~ /^[0-9]+\.[0-9]+\.[0-9]+/) {
    split(value["version"], version, /[^0-9]+/)
    if (version[1] * 1000000000 + version[2] * 10000 + version[3] < 2000010132) tokens = 0
  }
}

function count(text) { return text ~ /^[0-9]+$/ ? text + 0 : 0 }

function isAmount(text) { return text ~ /^[0-9]+(\.[0-9]+)?$/ }

{ input = input $0 "\n" }

END {
  if (failed) exit 3
  while ((getline line < figures) > 0) {
    equals = index(line, "=")
    name = substr(line, 1, equals - 1); text = substr(line, equals + 1)
    if (name == "limit") { split(text, part, " "); limitUsed[part[1]] = part[2] + 0; limitResets[part[1]] = part[3] + 0 }
    else if (name == "told") {
      split(text, part, " "); own = part[1] " " part[4]
      toldUsed[own] = part[2] + 0; toldResets[own] = part[3] + 0
    }
    else if (equals) figure[name] = text
  }
  srand(); now = srand()
  if (!("today" in figure) || figure["home"] != home || figure["zone"] != zone) other("another home")
  if (now - figure["written"] > 90 || now < figure["written"] - 5 || now >= figure["midnight"] + 0) other("old")

  flatten(input)
  session = value["session_id"]
  model = "model.display_name" in value ? value["model.display_name"] : ("model.id" in value ? value["model.id"] : "Claude")
  if (value["effort.level"] != "") model = model " (" value["effort.level"] ")"
  cost = value["cost.total_cost_usd"]
  if (model !~ /^[A-Za-z0-9 ._()-]+$/ || !isAmount(cost) || session !~ /^[A-Za-z0-9._-]*$/) other("unusual")
  if (fork(value["transcript_path"])) other("a fork")

  out = "🤖 " model " | 💰 " dollars(cost) " session / " figure["today"] " today / "
  if ("block_end" in figure && now < figure["block_end"] + 0) {
    out = out figure["block"] " block (" duration(figure["block_end"] - now) " left)"
    if ("rate" in figure) out = out " | 🔥 " figure["rate"] "/hr"
  } else if ("block_end" in figure) other("the block has ended")
  else out = out "No active block"

  context()
  if (tokens > 0) out = out " | 🧠 " grouped(tokens "") (size > 0 ? " (" int(100 * tokens / size + 0.5) "%)" : "")

  windows = 0
  for (path in value) if (path ~ /^rate_limits\.[a-z0-9_]+\.used_percentage$/) {
    split(path, parts, "."); i = ++windows
    while (i > 1 && window[i - 1] > parts[2]) { window[i] = window[i - 1]; i-- }
    window[i] = parts[2]
  } else if (path ~ /^rate_limits\..*used_percentage$/) other("an unusual window")
  readings = ""; shown = 0
  for (i = 1; i <= windows; i++) {
    path = "rate_limits." window[i]
    used = value[path ".used_percentage"]
    if (!isAmount(used)) continue
    resets = count(value[path ".resets_at"])
    if (resets > now + 31622400) other("an unusual end")
    truth(window[i], used, resets)
    readings = readings now " " window[i] " " used " " resets (session == "" ? "" : " " session) "\n"
    if (shownResets && shownResets <= now) continue
    label = window[i] == "five_hour" ? "5h" : window[i] == "seven_day" ? "7d" : window[i] == "spend_limit" ? "spend" : window[i]
    out = out (shown++ ? ", " : " | ⏳ ") label " " int(shownUsed * 100 + 0.5) "%"
    if (shownUsed == used / 100 && isAmount(value[path ".used_usd"]))
      out = out " (" dollars(value[path ".used_usd"]) (isAmount(value[path ".limit_usd"]) ? " of " dollars(value[path ".limit_usd"]) : "") ")"
  }
  if (readings != "") printf "%s", readings >> limits
  print out
}
