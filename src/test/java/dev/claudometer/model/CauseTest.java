package dev.claudometer.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class CauseTest {

  @Test
  void failureIsToldInWordsAndNeverAsNothingOrAClass() {
    assertThat(Cause.of(new AccessDeniedException("/x")) + "").isEqualTo("permission denied");
    assertThat(Cause.of(new NoSuchFileException("/x")) + "").isEqualTo("no such file");
    assertThat(Cause.of(new FileSystemException("/x", null, "No space left on device")) + "")
        .isEqualTo("No space left on device");
    assertThat(Cause.of(new UncheckedIOException(new AccessDeniedException("/x"))) + "")
        .isEqualTo("permission denied");
    assertThat(Cause.of(new ConnectException()) + "").isEqualTo("the system gave no reason");
    assertThat(Cause.of(new IOException(new ClosedChannelException())) + "")
        .isEqualTo("the connection was cut");
    assertThat(Cause.of(new EOFException()) + "").isEqualTo("it ends early");
    assertThat(Cause.of(new IOException("broken pipe")) + "").isEqualTo("broken pipe");
    assertThat(Cause.of(null) + "").isEqualTo("the system gave no reason");
  }
}
