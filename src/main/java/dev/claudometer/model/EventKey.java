package dev.claudometer.model;

import org.jspecify.annotations.Nullable;

/// What makes two copies the same: a response, or a part of it. Transcripts and OpenTelemetry agree
/// on it.
///
/// One response may be billed for several models: an advisor, a compaction on the server, attempts
/// before a fallback. Each is a part with its own model, tokens and price.
///
/// @param messageId `msg_…`; for a line without one, its request's or its own identity; for a call
///   that no transcript has, `call:` and its id
/// @param requestId `req_…`; empty where the line has none
/// @param part 0 is the response itself; the others are what is billed beside it
public record EventKey(String messageId, String requestId, int part) {

  private static final String ANTHROPICS = "msg_";
  private static final String CALL = "call:";

  /// The response itself.
  public EventKey(String messageId, String requestId) {
    this(messageId, requestId, 0);
  }

  /// A call that only Claude Code's telemetry knows of.
  ///
  /// @param id of the call: its request's, where it has one
  public static EventKey ofCall(String id, String requestId) {
    return new EventKey(CALL + id, requestId);
  }

  /// Whether only telemetry knows of it.
  public boolean isCall() {
    return messageId.startsWith(CALL);
  }

  /// Whether the message id has Anthropic's form. Anthropic gives one once; relays may not.
  public boolean isAnthropics() {
    return isAnthropics(messageId);
  }

  public static boolean isAnthropics(String messageId) {
    return messageId.startsWith(ANTHROPICS);
  }

  /// For people: `msg_…`, or the id of a call.
  public String shown() {
    return isCall() ? messageId.substring(CALL.length()) : messageId;
  }

  public boolean isResponse() {
    return part == 0;
  }

  /// The response that this is a part of.
  public EventKey response() {
    return part(0);
  }

  // a record's own two are chains of method handles, which the quick compiler never makes fast
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EventKey that
        && part == that.part
        && requestId.equals(that.requestId)
        && messageId.equals(that.messageId);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * part + requestId.hashCode()) + messageId.hashCode();
  }

  /// Another part of the same response.
  public EventKey part(int number) {
    return number == part ? this : new EventKey(messageId, requestId, number);
  }
}
