package dev.claudometer.app.process;

/// The command line asks for something that cannot be: one line that names the valid form. Exit
/// code 2.
public final class WrongUsage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WrongUsage(String message) {
    super(message);
  }
}
