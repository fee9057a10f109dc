package dev.claudometer.wire.body;

/// How much a request may bring.
///
/// @param encodedBytes as sent
/// @param decodedBytes after decompression
/// @param ratio how many times its encoded size a body may have, once it is larger than `freeBytes`
/// @param freeBytes decoded bytes that no ratio is asked of
/// @param windowBytes how far back a zstd frame may refer
public record BodyLimits(
    long encodedBytes, long decodedBytes, int ratio, long freeBytes, long windowBytes) {

  private static final long MIB = 1024 * 1024;

  /// Of our agent's deliveries: 4 MiB, decoded 16 MiB.
  public static final BodyLimits DELIVERY = new BodyLimits(4 * MIB, 16 * MIB, 100, MIB, 8 * MIB);

  /// Of the peer daemon, which sends all it has in one uncompressed body: 32 MiB.
  public static final BodyLimits PEER = new BodyLimits(32 * MIB, 32 * MIB, 100, MIB, 8 * MIB);

  /// Of OTLP over HTTP: 16 MiB.
  public static final BodyLimits TELEMETRY = new BodyLimits(16 * MIB, 16 * MIB, 100, MIB, 8 * MIB);

  /// The decoded bytes that so many encoded ones may become.
  long allowance(long encoded) {
    return Math.min(decodedBytes, Math.max(freeBytes, ratio * encoded));
  }

  /// Says which limit a body goes beyond that had so many encoded bytes and more than its
  /// [#allowance].
  BodyTooLarge decodedTooLarge(long encoded) {
    return allowance(encoded) == decodedBytes
        ? new BodyTooLarge("The decoded body is larger than " + decodedBytes + " bytes.")
        : new BodyTooLarge("The body decodes to more than " + ratio + " times its size.");
  }

  BodyTooLarge encodedTooLarge() {
    return new BodyTooLarge("The body is larger than " + encodedBytes + " bytes as sent.");
  }
}
