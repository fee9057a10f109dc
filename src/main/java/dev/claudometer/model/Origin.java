package dev.claudometer.model;

/// Where a fact was read.
///
/// @param file absolute path
/// @param offset byte offset of the line's first byte
public record Origin(String file, long offset) implements Comparable<Origin> {

  @Override
  public int compareTo(Origin other) {
    int byFile = file.compareTo(other.file);
    return byFile != 0 ? byFile : Long.compare(offset, other.offset);
  }
}
