package dev.claudometer.cli;

/// The command line asks for something that cannot be: one line that names the valid form. Exit
/// code 2.
final class WrongUsage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WrongUsage(String message) {
    super(message);
  }
}
