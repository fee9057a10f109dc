package dev.claudometer.metric;

/// Whose names and labels a family has. Those of peers are kept as they are, so that their
/// dashboards go on working.
public enum Lineage {
  CLAUDOMETER("Claudometer"),
  CLAUDE_CODE_PROMETHEUS("claude-code-prometheus"),
  CC_EXPORTER("cc-exporter"),
  CLAUDE_USAGE_METRICS("claude-usage-metrics"),
  CLAUDE_PROMETHEUS_EXPORTER("claude-prometheus-exporter");

  private final String title;

  Lineage(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
