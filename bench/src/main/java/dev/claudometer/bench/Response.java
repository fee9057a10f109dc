package dev.claudometer.bench;

/// One answer of the API, as its last line will show it.
///
/// @param reference the id of the `api-request` line that asked for it; only in the newest era
record Response(
    String id,
    String request,
    String reference,
    String model,
    boolean fast,
    Tokens tokens,
    String stopReason) {

  Response withOutput(long output) {
    Tokens t = tokens;
    Tokens grown = new Tokens(t.input(), output, t.cacheWrite5m(), t.cacheWrite1h(), t.cacheRead());
    return new Response(id, request, reference, model, fast, grown, stopReason);
  }

  Response withoutStopReason() {
    return new Response(id, request, reference, model, fast, tokens, "");
  }
}
