package dev.claudometer.source.claudecode.place;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/// Why a file operation failed, in words for people.
public final class Unreadable {

  private Unreadable() {}

  /// `permission denied`, `no such file`, or what the system said.
  public static String why(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such file";
      default -> Objects.toString(failure.getMessage(), failure.getClass().getSimpleName());
    };
  }
}
