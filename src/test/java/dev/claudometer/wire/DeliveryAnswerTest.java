package dev.claudometer.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.claudometer.model.Held;
import dev.claudometer.wire.body.MalformedDelivery;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryAnswerTest {

  private static final DeliveryAnswer ANSWER =
      new DeliveryAnswer(
          "s",
          new Held(5, 6, 7),
          7,
          1,
          2,
          1,
          1,
          4,
          List.of(new Rejected(3, "é"), new Rejected(9, "b")));

  @Test
  void answerIsReadBackEqual() throws IOException {
    var out = new ByteArrayOutputStream();
    ANSWER.write(out);

    assertThat(read(out.toString(StandardCharsets.UTF_8))).isEqualTo(ANSWER);
  }

  @Test
  void fieldsOfANewerServerArePassedOver() throws IOException {
    assertThat(
            read(
                "{\"received\":0,\"joined\":0,\"added\":0,\"replaced\":0,\"unchanged\":0,"
                    + "\"other\":0,\"rejected\":[],\"mood\":[1]}"))
        .isEqualTo(new DeliveryAnswer("", null, 0, 0, 0, 0, 0, 0, List.of()));
  }

  @Test
  void accountThatDoesNotBalanceIsNoAnswer() {
    assertThatThrownBy(() -> new DeliveryAnswer("", null, 7, 1, 2, 1, 1, 4, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DeliveryAnswer("", null, 0, 1, -1, 0, 0, 0, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{\"received\":1}",
        "{\"held\":3,\"received\":0,\"joined\":0,\"added\":0,\"replaced\":0,\"unchanged\":0,\"other\":0}",
        "{\"received\":9,\"joined\":0,\"added\":0,\"replaced\":0,\"unchanged\":0,\"other\":0}"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(MalformedDelivery.class)
        .hasMessageNotContainingAny("Source", "REDACTED");
  }

  private static DeliveryAnswer read(String text) throws IOException {
    return DeliveryAnswer.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
