package dev.claudometer.server.api.usage;

import dev.claudometer.model.DeviceId;
import dev.claudometer.report.QualityAnswers;
import dev.claudometer.report.QualityAnswers.DataQuality;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Route;
import java.util.List;
import java.util.Map;

/// What could not be read, finished or priced, and what nobody has taught us yet.
public final class QualityApi {

  private final QualityAnswers answers;

  public QualityApi(QualityAnswers answers) {
    this.answers = answers;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/quality",
            Access.FLEET,
            "What could not be read or priced, and what is unknown in transcripts",
            _ -> quality()));
  }

  public DataQuality quality() {
    return answers.quality();
  }

  /// Lines that hold damage, by device.
  public Map<DeviceId, Long> damagedLines() {
    return answers.damagedLines();
  }
}
