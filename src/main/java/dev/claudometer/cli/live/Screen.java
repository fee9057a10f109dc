package dev.claudometer.cli.live;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/// The terminal's other screen, where nothing scrolls. However the process ends, the usual screen
/// and the cursor are back.
final class Screen implements AutoCloseable {

  private final Terminal terminal;
  private final Attributes before;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean resized = new AtomicBoolean();
  private final Thread atExit = new Thread(this::restore, "screen");

  private Screen(Terminal terminal) {
    this.terminal = terminal;
    before = terminal.enterRawMode();
  }

  /// Opens it.
  ///
  /// @throws IOException where there is no terminal
  static Screen open() throws IOException {
    var screen = new Screen(TerminalBuilder.builder().system(true).dumb(false).ffm(true).build());
    screen.start();
    return screen;
  }

  private void start() {
    Runtime.getRuntime().addShutdownHook(atExit);
    terminal.handle(Signal.INT, _ -> ended.set(true));
    terminal.handle(Signal.WINCH, _ -> resized.set(true));
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
  }

  int columns() {
    return terminal.getSize().getColumns();
  }

  int rows() {
    return terminal.getSize().getRows();
  }

  /// Shows lines; what was there before is gone, without a flicker.
  void show(List<String> lines) {
    terminal.puts(Capability.cursor_home);
    for (int i = 0; i < lines.size(); i++) {
      terminal.writer().print(i == 0 ? "" : "\r\n");
      terminal.writer().print(lines.get(i));
      terminal.puts(Capability.clr_eol);
    }
    terminal.puts(Capability.clr_eos);
    terminal.flush();
  }

  /// Waits a while for a person.
  ///
  /// @return false where the person wants to leave, or the terminal has gone
  boolean wait(int millis) throws IOException {
    int key = terminal.reader().read(millis);
    boolean left = key == 'q' || key == 'Q' || key == 3 || key == NonBlockingReader.EOF;
    return !left && !ended.get();
  }

  /// Whether the terminal has another size than when this was asked last.
  boolean resized() {
    return resized.getAndSet(false);
  }

  private void restore() {
    terminal.puts(Capability.cursor_visible);
    terminal.puts(Capability.exit_ca_mode);
    terminal.flush();
    terminal.setAttributes(before);
  }

  @Override
  public void close() throws IOException {
    restore();
    Runtime.getRuntime().removeShutdownHook(atExit);
    terminal.close();
  }
}
