package dev.claudometer.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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

  private static final String SYSTEM =
      "java\\.(io|nio|net|sql|security)\\..*|javax\\.net\\..*|java\\.lang\\.Throwable";

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

  /// What Java says of its own failures goes to people through [Cause], and so is never `null`.
  @Test
  void nobodyTellsJavasOwnMessages() {
    var told =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.claudometer")
                .stream()
                .filter(type -> !type.isEquivalentTo(Cause.class))
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getName().equals("getMessage"))
                .filter(call -> call.getTargetOwner().getName().matches(SYSTEM))
                .map(JavaMethodCall::getDescription);
    assertThat(told).isEmpty();
  }
}
