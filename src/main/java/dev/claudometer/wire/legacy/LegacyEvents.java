package dev.claudometer.wire.legacy;

import dev.claudometer.model.Attribution;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.Completion;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an entry of the peer daemon means as usage.
public final class LegacyEvents {

  /// The daemon does not say why an answer ended. It reads finished lines, and null would mark a
  /// snapshot of a stream.
  public static final String STOP_REASON = "not_stated";

  private static final int KEY_BYTES = 16;

  private LegacyEvents() {}

  /// The same entry, delivered again, is the same event. Null where the entry is neither an answer
  /// nor tells of tokens.
  public static @Nullable UsageEvent toEvent(LegacyEntry entry) {
    if (!entry.type().equals("assistant") && !entry.hasTokens()) {
      return null;
    }
    var origin = new Origin.Sent(Origin.Sent.DAEMON, entry.timestamp());
    return new UsageEvent(
        new EventKey("peer:" + digest(entry), ""),
        new Completion(entry.timestamp(), entry.outputTokens()),
        usage(entry),
        new Attribution(
            new SessionId(entry.sessionId()),
            new ProjectName(entry.project()),
            "",
            "",
            false,
            false,
            entry.timestamp(),
            origin),
        false,
        origin,
        List.of());
  }

  /// Cache writes have no split in that protocol: they stand in the five-minute class.
  private static Usage usage(LegacyEntry entry) {
    return new Usage(
        model(entry),
        new TokenCounts(
            entry.inputTokens(),
            entry.outputTokens(),
            entry.cacheCreationTokens(),
            0,
            entry.cacheReadTokens()),
        0,
        0,
        BillingTerms.UNSTATED,
        STOP_REASON,
        entry.cost() == null ? null : Usd.of(entry.cost()));
  }

  private static String model(LegacyEntry entry) {
    return entry.model() == null ? "unknown" : entry.model();
  }

  /// The protocol has no message id. Each text is preceded by its length, so that no two entries
  /// run together to the same bytes.
  private static String digest(LegacyEntry entry) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      add(sha, entry.sessionId());
      add(sha, entry.timestamp().toString());
      add(sha, model(entry));
      ByteBuffer counts = ByteBuffer.allocate(4 * Long.BYTES);
      counts.putLong(entry.inputTokens()).putLong(entry.outputTokens());
      counts.putLong(entry.cacheCreationTokens()).putLong(entry.cacheReadTokens());
      sha.update(counts.flip());
      return HexFormat.of().formatHex(sha.digest(), 0, KEY_BYTES);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static void add(MessageDigest sha, String text) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Character.BYTES * text.length());
    bytes.putInt(text.length());
    text.chars().forEach(each -> bytes.putChar((char) each));
    sha.update(bytes.flip());
  }
}
