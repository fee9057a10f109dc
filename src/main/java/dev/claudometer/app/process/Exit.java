package dev.claudometer.app.process;

/// What a process answers when it ends.
public final class Exit {

  public static final int DONE = 0;

  /// Failed, or incomplete.
  public static final int FAILED = 1;

  /// The command line asks for something that cannot be.
  public static final int WRONG_USAGE = 2;

  private Exit() {}
}
