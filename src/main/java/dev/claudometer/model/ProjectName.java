package dev.claudometer.model;

import org.jspecify.annotations.Nullable;

/// A project, by the name of its directory below `projects/`.
///
/// @param text as `-home-me-loom`; the working directory that it stands for is kept beside it
public record ProjectName(String text) implements Comparable<ProjectName> {

  /// Where nobody says which project it was, or nobody asks.
  public static final ProjectName NONE = new ProjectName("");

  // a record's own two are chains of method handles, which the quick compiler never makes fast
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProjectName that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public int compareTo(ProjectName other) {
    return text.compareTo(other.text);
  }

  /// The name, as messages and answers show it.
  @Override
  public String toString() {
    return text;
  }
}
