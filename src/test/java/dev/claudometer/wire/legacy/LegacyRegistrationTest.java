package dev.claudometer.wire.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LegacyRegistrationTest {

  @Test
  void deviceIsRegisteredWithOrWithoutACode() throws IOException {
    assertThat(read("{\"name\":\"n\",\"hostname\":\"h\"}"))
        .isEqualTo(new LegacyRequest.Accepted<>(new LegacyRegistration("n", "h", null)));
    assertThat(read("{\"name\":\"n\",\"hostname\":\"h\",\"code\":\"c\",\"x\":{}}"))
        .isEqualTo(new LegacyRequest.Accepted<>(new LegacyRegistration("n", "h", "c")));
  }

  @Test
  void emptyAndMissingNamesAreToldInThePeersWords() throws IOException {
    assertThat(LegacyAnswers.invalid((LegacyRequest.Invalid<?>) read("{\"name\":\"\"}")))
        .contains(
            "\"fieldErrors\":{\"name\":[\"String must contain at least 1 character(s)\"],"
                + "\"hostname\":[\"Required\"]}");
    assertThat(LegacyAnswers.invalid((LegacyRequest.Invalid<?>) read("7")))
        .contains("\"formErrors\":[\"Expected object, received number\"]");
  }

  @Test
  void whatIsNotJsonIsNoRequest() throws IOException {
    assertThat(read("{")).isInstanceOf(LegacyRequest.NotJson.class);
  }

  @Test
  void answersAreThePeers() {
    assertThat(LegacyAnswers.processed(3)).isEqualTo("{\"success\":true,\"processed\":3}");
    assertThat(LegacyAnswers.registered("d", "dk_1"))
        .isEqualTo("{\"deviceId\":\"d\",\"apiKey\":\"dk_1\"}");
    assertThat(LegacyAnswers.tooManyRequests(17))
        .isEqualTo("{\"success\":false,\"error\":\"Rate limit exceeded\",\"retryAfter\":17}");
    assertThat(LegacyAnswers.failed(LegacyAnswers.KEY_INVALID))
        .isEqualTo("{\"success\":false,\"error\":\"Invalid API key\"}");
  }

  private static LegacyRequest<LegacyRegistration> read(String body) throws IOException {
    return LegacyRegistration.read(new ByteArrayInputStream(body.getBytes(UTF_8)));
  }
}
