package dev.claudometer.model;

import java.io.EOFException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/// Why something failed, in words for people: many of Java's failures have none, or only a path or
/// the name of a class.
public record Cause(String words) {

  private static final String CLASS_NAME = "[a-z]+(\\.[\\w$]+)+(:.*)?";

  /// `permission denied`, `no such file`, or what the system said.
  public static Cause of(@Nullable Throwable failure) {
    return new Cause(
        switch (failure) {
          case AccessDeniedException _ -> "permission denied";
          case NoSuchFileException _ -> "no such file";
          case NotDirectoryException _ -> "not a directory";
          case FileSystemException system when system.getReason() != null -> system.getReason();
          case EOFException _ -> "it ends early";
          case ClosedChannelException _ -> "the connection was cut";
          case null -> "the system gave no reason";
          default -> said(failure);
        });
  }

  private static String said(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() || message.matches(CLASS_NAME)
        ? of(failure.getCause()).words()
        : message.strip();
  }

  @Override
  public String toString() {
    return words;
  }
}
