package dev.claudometer.wire.peer;

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
public record PeerUsage(@Nullable String legacyKey, List<PeerEntry> entries, List<BadEntry> bad) {

  public PeerUsage {
    entries = List.copyOf(entries);
    bad = List.copyOf(bad);
  }

  /// What the peer answers to this body: null where it takes it.
  public PeerRequest.@Nullable Invalid<PeerUsage> refusal() {
    return bad.isEmpty()
        ? null
        : new PeerRequest.Invalid<>(
            List.of(), Map.of("entries", bad.stream().map(BadEntry::message).toList()));
  }

  /// Reads a body. It is [PeerRequest.Accepted] also where single entries are bad.
  ///
  /// @throws IOException where the connection fails
  public static PeerRequest<PeerUsage> read(InputStream body) throws IOException {
    return PeerBody.read(body, parser -> new PeerUsageReader(parser).read());
  }
}
