package dev.claudometer.wire.legacy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of the peer's `POST /api/usage`.
///
/// The peer refuses the whole body for one bad entry, and its daemon then sends it for ever. So
/// both are told here: which entries are good, and with [#refusal] what the peer would have
/// answered. The server chooses.
///
/// @param legacyKey the device's key where it stands in the body
/// @param entries the good ones, in the order of the body
/// @param bad the objections to the others, by index
public record LegacyUsage(
    @Nullable String legacyKey, List<LegacyEntry> entries, List<BadEntry> bad) {

  public LegacyUsage {
    entries = List.copyOf(entries);
    bad = List.copyOf(bad);
  }

  /// What the peer answers to this body: null where it takes it.
  public LegacyRequest.@Nullable Invalid<LegacyUsage> refusal() {
    return bad.isEmpty()
        ? null
        : new LegacyRequest.Invalid<>(
            List.of(), Map.of("entries", bad.stream().map(BadEntry::message).toList()));
  }

  /// Reads a body. It is [LegacyRequest.Accepted] also where single entries are bad.
  ///
  /// @throws IOException where the connection fails
  public static LegacyRequest<LegacyUsage> read(InputStream body) throws IOException {
    return LegacyBody.read(body, parser -> new LegacyUsageReader(parser).read());
  }
}
