package dev.claudometer.cli.text;

import static dev.claudometer.usage.Events.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.DeviceId;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.pricing.PriceBook;
import dev.claudometer.report.session.Explained;
import dev.claudometer.store.StoredEvent;
import dev.claudometer.usage.Events;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {

  private static final UsageEvent RESPONSE = Events.event("msg_1", "req_1", NOON, 159);
  private static final UsageEvent ADVICE =
      RESPONSE.part(
          1,
          new Usage(
              "claude-haiku-4-5",
              new TokenCounts(1_000, 100, 0, 0, 0),
              0,
              0,
              BillingTerms.UNSTATED,
              "end_turn",
              null));

  @Test
  void partsStandBelowTheirResponseWithTheirOwnModelAndPrice() {
    assertThat(text())
        .containsSubsequence(
            "msg_1  claude-opus-5  10 input, 159 output",
            "msg_1, part 1  claude-haiku-4-5  1,000 input, 100 output",
            "$0.0015",
            "read at /projects/p/session-1.jsonl:159",
            "1,000 input",
            "Sum: 1 response and 1 part counted, 1,010 input, 259 output");
  }

  @Test
  void partsHaveNumbersInJson() throws IOException {
    var events = new ObjectMapper().readTree(printed(true)).path("events");
    assertThat(events.findValuesAsText("part")).containsExactly("0", "1");
    assertThat(events.findValuesAsText("model"))
        .containsExactly("claude-opus-5", "claude-haiku-4-5");
  }

  private static String text() {
    return printed(false);
  }

  private static String printed(boolean json) {
    var out = new ByteArrayOutputStream();
    Explanation.ofOne(
            List.of(stored(RESPONSE, 4_025_000), stored(ADVICE, 1_500_000)),
            List.of(RESPONSE, ADVICE))
        .print(new PrintStream(out, true, UTF_8), json);
    return out.toString(UTF_8);
  }

  private static Explained stored(UsageEvent event, long nanos) {
    return new Explained(
        new StoredEvent(
            event, event.usage().model(), DeviceId.THIS, new Usd(nanos), null, null, true),
        PriceBook.builtIn().why(event.usage(), event.at()),
        null);
  }
}
