package dev.claudometer.wire;

import dev.claudometer.model.Activity;
import dev.claudometer.model.ActivityKind;
import dev.claudometer.model.Attribution;
import dev.claudometer.model.BillingTerms;
import dev.claudometer.model.Completion;
import dev.claudometer.model.CostBasis;
import dev.claudometer.model.Damage;
import dev.claudometer.model.EventKey;
import dev.claudometer.model.FileCursor;
import dev.claudometer.model.FileRead;
import dev.claudometer.model.LimitReading;
import dev.claudometer.model.Observation;
import dev.claudometer.model.Origin;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.model.SessionTotal;
import dev.claudometer.model.TokenCounts;
import dev.claudometer.model.ToolUse;
import dev.claudometer.model.Usage;
import dev.claudometer.model.UsageEvent;
import dev.claudometer.model.Usd;
import dev.claudometer.model.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/// Makes random observations of every kind, with texts that nobody wants.
final class Deliveries {

  private static final String[] TEXTS = {
    "",
    "claude-opus-5",
    "null",
    "\u0000\u0001\u001b[31m\r\n\t\u007f\u0085",
    "\"\\/{}[],:'",
    "\u202eabc\u2066\u061cשלום",
    "😀 𝕏 é e\u0301 ﷽",
    "\ud800",
    "a\udfffb\ud83d",
    "\ufeff\u2028\u2029\uffff",
    "x".repeat(1_000),
  };

  private final Random random;

  Deliveries(long seed) {
    this.random = new Random(seed);
  }

  Delivery next() {
    List<Observation> observations = list(12, this::observation);
    return Delivery.of(text(), observations, list(4, this::reading));
  }

  private Observation observation() {
    return switch (random.nextInt(4)) {
      case 0 -> usage();
      case 1 ->
          new Activity(
              ActivityKind.values()[random.nextInt(ActivityKind.values().length)],
              id(),
              instant(),
              new SessionId(text()),
              new ProjectName(text()),
              text(),
              count());
      case 2 -> sessionTotal();
      default ->
          new LimitReading(id(), random.nextDouble() * 2, maybe(this::instant), instant(), text());
    };
  }

  private UsageEvent usage() {
    TokenCounts tokens = tokens();
    Origin origin = origin();
    Instant at = instant();
    return new UsageEvent(
        new EventKey(id(), text(), random.nextInt(3)),
        new Completion(at, random.nextBoolean() ? tokens.output() : count()),
        new Usage(
            text(),
            tokens,
            random.nextInt(Integer.MAX_VALUE),
            random.nextInt(3),
            random.nextBoolean() ? Usage.UNTOLD : count(),
            new BillingTerms(text(), text(), text()),
            maybe(this::text),
            maybe(this::cost),
            list(3, this::tokens)),
        new Attribution(
            new SessionId(text()),
            new ProjectName(text()),
            text(),
            text(),
            random.nextBoolean(),
            random.nextBoolean(),
            random.nextBoolean() ? at : instant(),
            random.nextBoolean() ? origin : origin(),
            random.nextBoolean() ? Work.UNTOLD : new Work(text(), text(), text())),
        random.nextBoolean(),
        origin,
        list(4, () -> new ToolUse(text(), text())));
  }

  private CostBasis basis() {
    return CostBasis.values()[random.nextInt(CostBasis.values().length)];
  }

  private SessionTotal sessionTotal() {
    return new SessionTotal(
        new SessionId(id()),
        new ProjectName(text()),
        instant(),
        Duration.ofMillis(count()),
        line(),
        cost(),
        random.nextBoolean(),
        count(),
        count(),
        list(3, () -> new SessionTotal.ModelTotal(text(), tokens(), count(), cost(), basis())));
  }

  private FileRead reading() {
    String file = id() + "p".repeat(random.nextInt(3_000));
    var cursor = new FileCursor(file, text(), count(), instant(), count(), random.nextLong());
    return new FileRead(
        cursor,
        true,
        cursor.offset(),
        counts(),
        counts(),
        counts(),
        paths(),
        list(
            3,
            () ->
                new Damage(new Origin.Line(file, count()), count(), text(), random.nextInt(100))));
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new HashMap<>();
    list(4, this::text).forEach(name -> counts.put(name, count()));
    return counts;
  }

  private Map<ProjectName, String> paths() {
    Map<ProjectName, String> paths = new HashMap<>();
    list(4, this::text).forEach(name -> paths.put(new ProjectName(name), text()));
    return paths;
  }

  private TokenCounts tokens() {
    return new TokenCounts(count(), count(), count(), count(), count());
  }

  private Origin origin() {
    return random.nextInt(4) == 0 ? new Origin.Sent(text(), instant()) : line();
  }

  private Origin.Line line() {
    return new Origin.Line(text() + "/" + text(), count());
  }

  private Usd cost() {
    return new Usd(random.nextBoolean() ? random.nextLong(Long.MAX_VALUE) : random.nextInt(1000));
  }

  private long count() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> Long.MAX_VALUE;
      default -> random.nextInt(100_000);
    };
  }

  private Instant instant() {
    return Instant.ofEpochSecond(
        random.nextLong(-62_167_219_200L, 253_402_300_800L),
        random.nextBoolean() ? random.nextInt(1_000_000_000) : 0);
  }

  private String id() {
    return "i" + random.nextInt(1_000);
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private <T> T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }

  private <T> List<T> list(int most, Supplier<? extends T> element) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(most); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }
}
