package dev.claudometer.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasesTest {

  @ParameterizedTest
  @CsvSource({
    "0.2.0, 0.1.0, true",
    "0.10.0, 0.9.9, true",
    "1.0, 1.0.0, false",
    "1.0.0, 1.0.0-rc.1, true",
    "1.0.0-rc.1, 1.0.0, false",
    "0.1.0, 0.1.0, false",
    "0.1.0, 0.1.1, false",
  })
  void versionsAreComparedNumberByNumber(String version, String than, boolean newer) {
    assertThat(Releases.newer(version, than)).isEqualTo(newer);
  }
}
