package dev.claudometer.store.quality;

/// What could not be read whole on a device.
///
/// @param files transcripts known
/// @param damagedLines lines that hold damage
/// @param damagedBytes their length
/// @param recovered intact records that were found on them
public record Quality(long files, long damagedLines, long damagedBytes, long recovered) {}
