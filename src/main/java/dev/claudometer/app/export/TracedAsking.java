package dev.claudometer.app.export;

import dev.claudometer.collect.QuotaSource;
import dev.claudometer.export.otlp.Spans;
import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.model.QuotaReadings;
import java.time.Instant;

/// Asks a source, with a span for how long it took and how it ended.
record TracedAsking(QuotaSource source, Spans spans) implements QuotaSource.Asking {

  static QuotaSource of(QuotaSource source, Spans spans) {
    return new QuotaSource(
        source.name(),
        source.pause(),
        source.retry(),
        source.spared(),
        new TracedAsking(source, spans));
  }

  @Override
  public Answer<QuotaReadings> ask(Instant now) throws InterruptedException {
    Spans.Span span = spans.begin("collect", source.name());
    String failure = "the collection broke off";
    try {
      Answer<QuotaReadings> answer = source.asking().ask(now);
      failure =
          switch (answer) {
            case Given<QuotaReadings> _ -> "";
            case Failed<QuotaReadings> failed -> failed.sentence();
          };
      return answer;
    } finally {
      if (failure.isEmpty()) {
        span.done();
      } else {
        span.failed(failure);
      }
    }
  }
}
