package dev.claudometer.wire.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PeerRegistrationTest {

  @Test
  void deviceIsRegisteredWithOrWithoutACode() throws IOException {
    assertThat(read("{\"name\":\"n\",\"hostname\":\"h\"}"))
        .isEqualTo(new PeerRequest.Accepted<>(new PeerRegistration("n", "h", null)));
    assertThat(read("{\"name\":\"n\",\"hostname\":\"h\",\"code\":\"c\",\"x\":{}}"))
        .isEqualTo(new PeerRequest.Accepted<>(new PeerRegistration("n", "h", "c")));
  }

  @Test
  void emptyAndMissingNamesAreToldInThePeersWords() throws IOException {
    assertThat(PeerAnswers.invalid((PeerRequest.Invalid<?>) read("{\"name\":\"\"}")))
        .contains(
            "\"fieldErrors\":{\"name\":[\"String must contain at least 1 character(s)\"],"
                + "\"hostname\":[\"Required\"]}");
    assertThat(PeerAnswers.invalid((PeerRequest.Invalid<?>) read("7")))
        .contains("\"formErrors\":[\"Expected object, received number\"]");
  }

  @Test
  void whatIsNotJsonIsNoRequest() throws IOException {
    assertThat(read("{")).isInstanceOf(PeerRequest.NotJson.class);
  }

  @Test
  void answersAreThePeers() {
    assertThat(PeerAnswers.processed(3)).isEqualTo("{\"success\":true,\"processed\":3}");
    assertThat(PeerAnswers.registered("d", "dk_1"))
        .isEqualTo("{\"deviceId\":\"d\",\"apiKey\":\"dk_1\"}");
    assertThat(PeerAnswers.tooManyRequests(17))
        .isEqualTo("{\"success\":false,\"error\":\"Rate limit exceeded\",\"retryAfter\":17}");
    assertThat(PeerAnswers.failed(PeerAnswers.KEY_INVALID))
        .isEqualTo("{\"success\":false,\"error\":\"Invalid API key\"}");
  }

  private static PeerRequest<PeerRegistration> read(String body) throws IOException {
    return PeerRegistration.read(new ByteArrayInputStream(body.getBytes(UTF_8)));
  }
}
